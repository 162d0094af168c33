import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { openHostDatabase } from '#local/host-database.ts';
import type { Lambda } from '#local/lambda.ts';
import { Queues } from '#local/queues.ts';
import { StreamPump } from '#local/stream-pump.ts';
import { fromImage } from '#shared/aws/dynamo-row.ts';
import { SqliteTable } from '#shared/db/sqlite-table.ts';
import { RecordingLog } from '#test/support/recording-log.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const READER = 'try';
const Batch = z.object({
  Records: z.array(
    z.object({
      eventName: z.string(),
      dynamodb: z.object({ SequenceNumber: z.string(), NewImage: z.record(z.string(), z.any()) }),
    }),
  ),
});

/** A table over a file, and a reader that fails at the rows it is told to. */
function world(path = join(temporaryFolder(), 'table.db')) {
  const table = new SqliteTable({ path, now: () => new Date() });
  const database = openHostDatabase(path);
  const seen: string[] = [];
  const failing = new Set<string>();
  const lambda: Lambda = {
    name: 'try',
    invoke: async (event) => {
      const rows = Batch.parse(event).Records.map(({ dynamodb }) => ({
        name: fromImage(dynamodb.NewImage).sk,
        seq: dynamodb.SequenceNumber,
      }));
      const failed = rows.find(({ name }) => failing.has(name));
      const done = failed ? rows.slice(0, rows.indexOf(failed)) : rows;
      seen.push(...done.map(({ name }) => name));
      if (failing.has('throw')) throw new Error('broken');
      return { batchItemFailures: failed ? [{ itemIdentifier: failed.seq }] : [] };
    },
  };
  const log = new RecordingLog();
  const queues = new Queues(database);
  const { stream } = table;
  const pump = new StreamPump({ reader: READER, stream, lambda, queues, log, now: Date.now });
  const put = (sk: string) =>
    table.write([{ op: 'put', item: { pk: 'p', sk, outbox: { tenantId: 'demo' } } }]);
  const dead = () => database.prepare('SELECT queue, body FROM dead_letters').all();
  return { path, table, pump, put, seen, failing, dead, stream };
}

describe('a stream reader', () => {
  it('is given every change once, in the order of the commits', async () => {
    const { put, seen, pump } = world();
    const names = Array.from({ length: 60 }, (_, n) => `row-${n}`);
    for (const name of names) await put(name);
    await vi.waitFor(() => expect(seen).toHaveLength(60));
    expect(seen).toEqual(names);
    await pump.stop();
  });

  it('sees nothing of rows without an outbox', async () => {
    const { table, put, seen, pump } = world();
    await table.write([{ op: 'put', item: { pk: 'p', sk: 'quiet' } }]);
    await put('loud');
    await vi.waitFor(() => expect(seen).toEqual(['loud']));
    await pump.stop();
  });

  it('gets the failed change again and those after it, none before', async () => {
    const { put, seen, failing, pump } = world();
    failing.add('b');
    for (const name of ['a', 'b', 'c']) await put(name);
    await vi.waitFor(() => expect(seen).toContain('a'));
    failing.clear();
    await vi.waitFor(() => expect(seen).toEqual(['a', 'b', 'c']));
    await pump.stop();
  });

  it('goes on from where the one before it ended, in the next process', async () => {
    const first = world();
    await first.put('a');
    await vi.waitFor(() => expect(first.seen).toEqual(['a']));
    await first.pump.stop();
    await first.put('b');
    const second = world(first.path);
    second.pump.start();
    await vi.waitFor(() => expect(second.seen).toEqual(['b']));
    await second.pump.stop();
  });

  it('is not held up for good by a change it cannot take: that is set aside', async () => {
    const { put, seen, failing, dead, pump } = world();
    failing.add('poison');
    for (const name of ['poison', 'after']) await put(name);
    // 0.2 + 0.4 + 0.8 + 1.6 + 3.2 s of waiting between six tries.
    await vi.waitFor(() => expect(seen).toEqual(['after']), 10_000);
    expect(dead()).toEqual([
      { queue: 'stream-try', body: expect.stringContaining('"sk":"poison"') },
    ]);
    await pump.stop();
  });
});
