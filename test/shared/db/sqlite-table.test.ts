import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, test } from 'vitest';
import { SqliteTable } from '#shared/db/sqlite-table.ts';

const clock = (seconds = 1_000) => {
  const at = { seconds };
  return Object.assign(() => new Date(at.seconds * 1000), at, {
    set: (next: number) => {
      at.seconds = next;
    },
  });
};
const aTable = (now: () => Date = clock()) => new SqliteTable({ path: ':memory:', now });
const outbox = { events: [], tasks: [] };

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'table-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('streams rows with an outbox and live connections, in the order of their commits', async ({
  expect,
}) => {
  const table = aTable();
  await table.write([
    { op: 'put', item: { pk: 'a', sk: '1', outbox } },
    { op: 'put', item: { pk: 'b', sk: '1' } },
  ]);
  await table.write([{ op: 'put', item: { pk: 'LC#c', sk: 'CONNECTION' } }]);
  await table.write([{ op: 'update', key: { pk: 'a', sk: '1' }, set: { n: 2 } }]);
  expect(table.stream.read(0, 10)).toEqual([
    { seq: 1, change: 'INSERT', at: 1_000_000, item: { pk: 'a', sk: '1', outbox } },
    { seq: 2, change: 'INSERT', at: 1_000_000, item: { pk: 'LC#c', sk: 'CONNECTION' } },
    { seq: 3, change: 'MODIFY', at: 1_000_000, item: { pk: 'a', sk: '1', outbox, n: 2 } },
  ]);
  expect(table.stream.read(1, 1).map(({ seq }) => seq)).toEqual([2]);
});

test('streams what its predicate wants instead, when given one', async ({ expect }) => {
  const streams = ({ sk }: { sk: string }) => sk === 'SEEN';
  const table = new SqliteTable({ path: ':memory:', now: clock(), streams });
  await table.write([
    { op: 'put', item: { pk: 'a', sk: 'SEEN' } },
    { op: 'put', item: { pk: 'a', sk: 'UNSEEN', outbox } },
  ]);
  expect(table.stream.read(0, 10).map(({ item }) => item.sk)).toEqual(['SEEN']);
});

test('streams nothing of a write that failed', async ({ expect }) => {
  const table = aTable();
  const write = table.write([
    { op: 'put', item: { pk: 'a', sk: '1', outbox } },
    { op: 'check', key: { pk: 'b', sk: '1' }, when: 'present' },
  ]);
  await expect(write).rejects.toThrow('condition');
  expect(table.stream.read(0, 10)).toEqual([]);
});

test('tells its listeners after each commit that streamed something, until they leave', async ({
  expect,
}) => {
  const table = aTable();
  const seen: number[] = [];
  const leave = table.stream.onCommit(() => seen.push(table.stream.read(0, 10).length));
  await table.write([{ op: 'put', item: { pk: 'a', sk: '1', outbox } }]);
  await table.write([{ op: 'put', item: { pk: 'a', sk: '2' } }]);
  await table.write([{ op: 'put', item: { pk: 'a', sk: '3', outbox } }]);
  leave();
  await table.write([{ op: 'put', item: { pk: 'a', sk: '4', outbox } }]);
  expect(seen).toEqual([1, 2]);
});

test('prunes what every reader is done with, and gives no number twice', async ({ expect }) => {
  const now = clock();
  const table = aTable(now);
  const add = (sk: string) => table.write([{ op: 'put', item: { pk: 'a', sk, outbox } }]);
  for (const sk of ['1', '2', '3']) await add(sk);
  const later = new Date(2_000_000);
  expect(table.stream.prune(later)).toBe(0);
  table.stream.saveCheckpoint('push', 3);
  table.stream.saveCheckpoint('relay', 2);
  expect(table.stream.prune(new Date(1_000_000))).toBe(0);
  expect(table.stream.prune(later)).toBe(2);
  table.stream.saveCheckpoint('relay', 3);
  table.stream.saveCheckpoint('relay', 1);
  expect(table.stream.checkpoint('relay')).toBe(3);
  expect(table.stream.checkpoint('nobody')).toBe(0);
  expect(table.stream.prune(later)).toBe(1);
  await add('4');
  expect(table.stream.read(0, 10).map(({ seq }) => seq)).toEqual([4]);
});

test('sweeps away the rows whose time has passed, and only those', async ({ expect }) => {
  const now = clock(1_000);
  const table = aTable(now);
  await table.write([
    { op: 'put', item: { pk: 'a', sk: 'past', ttl: 1_100 } },
    { op: 'put', item: { pk: 'a', sk: 'future', ttl: 1_101 } },
    { op: 'put', item: { pk: 'a', sk: 'always' } },
  ]);
  now.set(1_100);
  expect(table.sweep()).toBe(1);
  now.set(1_000);
  expect((await table.query({ pk: 'a' })).items.map(({ sk }) => sk)).toEqual(['always', 'future']);
});

test('finds its rows, stream and checkpoints again when the file is opened anew', async ({
  expect,
}) => {
  const path = join(aFolder(), 'table.db');
  const first = new SqliteTable({ path, now: clock() });
  await first.write([{ op: 'put', item: { pk: 'a', sk: '1', outbox } }]);
  first.stream.saveCheckpoint('relay', 1);
  first.close();
  const second = new SqliteTable({ path, now: clock() });
  expect(await second.get({ pk: 'a', sk: '1' })).toEqual({ pk: 'a', sk: '1', outbox });
  expect(second.stream.read(0, 10)).toHaveLength(1);
  expect(second.stream.checkpoint('relay')).toBe(1);
  second.close();
});

const WRITER = `
  import { SqliteTable } from '#shared/db/sqlite-table.ts';
  const table = new SqliteTable({ path: process.argv[1], now: () => new Date() });
  for (let n = 1; ; n += 1) {
    await table.write([
      { op: 'put', item: { pk: 'half', sk: 'one', n, outbox: {} } },
      { op: 'put', item: { pk: 'half', sk: 'two', n } },
    ]);
    process.stdout.write(n + '\\n');
    await new Promise(setImmediate);
  }
`;

test('loses nothing committed and keeps no half of a transaction when its process is killed', async ({
  expect,
}) => {
  const path = join(aFolder(), 'table.db');
  const writer = spawn(process.execPath, ['--input-type=module', '-e', WRITER, path]);
  let told = '';
  for await (const chunk of writer.stdout) {
    told += chunk;
    if (told.length > 2_000) writer.kill('SIGKILL');
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
  const table = new SqliteTable({ path, now: () => new Date() });
  const [one, two] = await table.batchGet([
    { pk: 'half', sk: 'one' },
    { pk: 'half', sk: 'two' },
  ]);
  const lastTold = Number(told.trim().split('\n').at(-1));
  expect(lastTold).toBeGreaterThan(100);
  expect(one?.n).toBeGreaterThanOrEqual(lastTold);
  expect(two?.n).toBe(one?.n);
  expect(table.stream.read(0, 10_000).at(-1)?.item.n).toBe(one?.n);
  table.close();
});

test('refuses a file of another version in words', async ({ expect }) => {
  const path = join(aFolder(), 'table.db');
  const { DatabaseSync } = await import('node:sqlite');
  const other = new DatabaseSync(path);
  other.exec('PRAGMA user_version = 99');
  other.close();
  expect(() => new SqliteTable({ path, now: clock() })).toThrow('another version');
});
