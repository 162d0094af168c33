import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListEventBusesCommand } from '@aws-sdk/client-eventbridge';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Emulator, REGION } from '#scripts/deploy-test/emulator.ts';

/** What is still there of the kinds that hold data or cost money; empty after a destroy. */
export async function leftovers({ url }: Emulator): Promise<string[]> {
  const client = clientConfig(url);
  const [tables, queues, secrets, buses] = await Promise.all([
    new DynamoDBClient(client).send(new ListTablesCommand({})),
    new SQSClient(client).send(new ListQueuesCommand({})),
    new SecretsManagerClient(client).send(new ListSecretsCommand({})),
    new EventBridgeClient(client).send(new ListEventBusesCommand({})),
  ]);
  return [
    ...(await stackNames(url)),
    ...(tables.TableNames ?? []),
    ...(queues.QueueUrls ?? []),
    ...(secrets.SecretList ?? []).flatMap(({ Name }) => Name ?? []),
    ...(buses.EventBuses ?? []).flatMap(({ Name }) => (Name && Name !== 'default' ? Name : [])),
  ];
}

/** CloudFormation, asked as any HTTP client would; only the toolkit's own stack may stay. */
async function stackNames(url: string): Promise<string[]> {
  const scope = `Credential=test/20260101/${REGION}/cloudformation/aws4_request`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=none`,
    },
    body: 'Action=DescribeStacks&Version=2010-05-15',
  });
  const xml = await answer.text();
  if (!xml.includes('CDKToolkit')) throw new Error(`Unexpected list of stacks: ${xml}`);
  const names = [...xml.matchAll(/<StackName>([^<]+)<\/StackName>/g)].map(([, name]) => name ?? '');
  return names.filter((name) => name !== 'CDKToolkit');
}

export const clientConfig = (endpoint: string) => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
