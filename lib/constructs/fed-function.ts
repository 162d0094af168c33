import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Bundles } from '#lib/bundle.ts';
import { FunctionGroup } from '#lib/constructs/function-group.ts';
import { type HouseQueueProps, houseQueue } from '#lib/constructs/house-queue.ts';
import type { Resources } from '#lib/constructs/resources.ts';
import { pascalCase } from '#lib/names.ts';
import type { Settings } from '#lib/settings.ts';

/** A webhook may take its time; everything else is far below. */
const TIMEOUT_SECONDS = 60;
const VISIBILITY_SECONDS = 6 * TIMEOUT_SECONDS;
const MAX_RECEIVES = 6;

export interface WorkingFunctionProps {
  readonly entry: string;
  readonly about: string;
  readonly bundles: Bundles;
  readonly settings: Settings;
  readonly resources: Resources;
  readonly memoryMb?: number;
}

/** A function behind a queue, a stream or a clock. Each has a role of its own: what feeds one, no other may read. */
export const workingFunction = (
  scope: Construct,
  { entry, about, memoryMb = 512, ...rest }: WorkingFunctionProps,
): Lambda =>
  new FunctionGroup(scope, pascalCase(entry), {
    ...rest,
    group: 'events',
    entries: [entry],
    memoryMb,
    timeoutSeconds: TIMEOUT_SECONDS,
    describe: () => about,
  }).get(entry);

/** A queue whose messages such a function has time for. */
export const workQueue = (
  scope: Construct,
  id: string,
  props: Pick<HouseQueueProps, 'name' | 'about' | 'topic'>,
): Queue =>
  houseQueue(scope, id, {
    ...props,
    maxReceiveCount: MAX_RECEIVES,
    visibilitySeconds: VISIBILITY_SECONDS,
  });

/** Messages reach the function ten at a time; those it could not handle come again, alone. */
export function feed(lambda: Lambda, queue: Queue): void {
  lambda.addEventSource(
    new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true }),
  );
}
