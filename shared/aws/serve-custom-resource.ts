import type { CloudFormationCustomResourceEvent, Context as LambdaContext } from 'aws-lambda';
import type * as z from 'zod';
import { contextOf, runtime } from '#shared/aws/runtime.ts';
import type { Context } from '#shared/core/context.ts';

/** Something a deployment makes once, through code. Deleting it leaves what it made. */
export interface Setup<S extends z.ZodType> {
  readonly properties: S;
  /** For which organization it works. */
  readonly tenantOf: (properties: z.output<S>) => { tenantId: string; livemode: boolean };
  /** Called on create and update, and again when CloudFormation repeats itself: must be idempotent. */
  readonly handle: (properties: z.output<S>, ctx: Context) => Promise<{ id: string }>;
}

/** The handler of a CloudFormation custom resource. It always answers, else a deploy hangs for an hour. */
export const serveCustomResource =
  <S extends z.ZodType>(setup: Setup<S>) =>
  async (event: CloudFormationCustomResourceEvent, lambda: LambdaContext): Promise<void> => {
    const physicalId = 'PhysicalResourceId' in event ? event.PhysicalResourceId : undefined;
    try {
      const id = event.RequestType === 'Delete' ? physicalId : await run(setup, event);
      await answer(event, { Status: 'SUCCESS', PhysicalResourceId: id ?? lambda.logStreamName });
    } catch (error) {
      runtime().log.error('Setup failed', { error });
      await answer(event, {
        Status: 'FAILED',
        Reason: error instanceof Error ? error.message : 'Unknown',
        PhysicalResourceId: physicalId ?? lambda.logStreamName,
      });
    }
  };

async function run<S extends z.ZodType>(
  setup: Setup<S>,
  event: CloudFormationCustomResourceEvent,
): Promise<string> {
  const properties = setup.properties.parse(event.ResourceProperties);
  const ctx = contextOf({
    ...setup.tenantOf(properties),
    actor: { kind: 'system' },
    cause: {
      type: 'system',
      ref: event.LogicalResourceId,
      request_id: event.RequestId,
      idempotency_key: null,
      actor: null,
    },
  });
  return (await setup.handle(properties, ctx)).id;
}

async function answer(
  event: CloudFormationCustomResourceEvent,
  result: { Status: 'SUCCESS' | 'FAILED'; PhysicalResourceId: string; Reason?: string },
): Promise<void> {
  const { StackId, RequestId, LogicalResourceId, ResponseURL } = event;
  const body = JSON.stringify({ StackId, RequestId, LogicalResourceId, ...result });
  const response = await fetch(ResponseURL, { method: 'PUT', body });
  if (!response.ok) throw new Error(`CloudFormation refused the answer: ${response.status}`);
}
