import { DescribeEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';

export interface Account {
  readonly id: string;
  readonly region: string;
}

/** Something the operator can put right; the message says how. */
export class Advice extends Error {
  override readonly name = 'Advice';
}

/**
 * Whose account the credentials of this terminal reach. Asked of EventBridge, whose default bus
 * exists everywhere and whose ARN tells both.
 */
export async function findAccount(client = new EventBridgeClient({})): Promise<Account> {
  try {
    const { Arn = '' } = await client.send(new DescribeEventBusCommand({}));
    const [, region, id] = /^arn:[^:]+:events:([^:]+):(\d{12}):/.exec(Arn) ?? [];
    if (!region || !id) throw new Error(`Unexpected answer: ${Arn}`);
    return { id, region };
  } catch (error) {
    throw new Advice(adviceFor(error), { cause: error });
  }
}

function adviceFor(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (/region (is missing|not accepted)/i.test(message))
    return 'No AWS region. Set one: export AWS_REGION=ap-south-1';
  if (name === 'CredentialsProviderError')
    return 'No AWS credentials. Sign in (aws sso login), or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.';
  if (/expired/i.test(name + message)) return 'The AWS credentials have expired: sign in again.';
  if (/AccessDenied/.test(name))
    return `These AWS credentials may not deploy: ${message}. Use those of an administrator.`;
  return `AWS did not answer: ${message}`;
}

/** Whether `cdk bootstrap` has been run there: its bucket answers anybody, if only with a refusal. */
export async function isBootstrapped({ id, region }: Account): Promise<boolean> {
  if (process.env['AWS_ENDPOINT_URL']) return true;
  const bucket = `cdk-hnb659fds-assets-${id}-${region}`;
  const answer = await fetch(`https://${bucket}.s3.${region}.amazonaws.com`, { method: 'HEAD' });
  return answer.status !== 404;
}
