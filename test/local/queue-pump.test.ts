import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { openHostDatabase } from '#local/host-database.ts';
import type { Lambda } from '#local/lambda.ts';
import { QueuePump } from '#local/queue-pump.ts';
import { Queues } from '#local/queues.ts';
import { RecordingLog } from '#test/support/recording-log.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const QUEUE = 'task-try';
const Batch = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/** A queue over a file, and a function that fails the bodies it is told to. */
function world(path = join(temporaryFolder(), 'queues.db')) {
  const database = openHostDatabase(path);
  const queues = new Queues(database);
  const seen: string[] = [];
  const failing = new Set<string>();
  const hanging: (() => void)[] = [];
  const lambda: Lambda = {
    name: 'try',
    invoke: async (event) => {
      const { Records } = Batch.parse(event);
      seen.push(...Records.map(({ body }) => body));
      if (Records.some(({ body }) => body.startsWith('hangs')))
        await new Promise<void>((go) => hanging.push(go));
      if (failing.has('everything')) throw new Error('broken');
      const failed = Records.filter(({ body }) => failing.has(body));
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    },
  };
  let time = 1_000_000;
  const log = new RecordingLog();
  const pump = new QueuePump({ queue: QUEUE, queues, lambda, log, now: () => time });
  const tick = (ms: number) => {
    time += ms;
    pump.start();
  };
  const send = (body: string, at = time) => queues.send([{ queue: QUEUE, body, at }], time);
  const dead = () => database.prepare('SELECT queue, body, receives FROM dead_letters').all();
  const left = () =>
    database
      .prepare('SELECT body FROM messages')
      .all()
      .map(({ body }) => body);
  return { path, database, queues, pump, seen, failing, hanging, tick, send, dead, left, log };
}

describe('a queue', () => {
  it('delivers at once what is sent to it, each message once', async () => {
    const { send, seen, left, pump } = world();
    send('a');
    send('b');
    await vi.waitFor(() => expect(left()).toEqual([]));
    expect(seen).toEqual(['a', 'b']);
    await pump.stop();
  });

  it('holds a message back until it is due', async () => {
    const { send, seen, tick, pump, left } = world();
    send('later', 1_060_000);
    tick(59_999);
    await pump.stop();
    expect(seen).toEqual([]);
    expect(left()).toEqual(['later']);
  });

  it('repeats only the failed messages of a batch, later each time: 1, 2, 4 s', async () => {
    const { send, seen, failing, tick, pump } = world();
    failing.add('bad');
    send('bad');
    send('good');
    await vi.waitFor(() => expect(seen).toEqual(['bad', 'good']));
    for (const [wait, count] of [
      [1000, 2],
      [2000, 3],
      [4000, 4],
    ] as const) {
      await vi.waitFor(() => {
        tick(0);
        expect(seen.filter((body) => body === 'bad')).toHaveLength(count - 1);
      });
      tick(wait);
      await vi.waitFor(() => expect(seen.filter((body) => body === 'bad')).toHaveLength(count));
    }
    expect(seen.filter((body) => body === 'good')).toHaveLength(1);
    await pump.stop();
  });

  it('delivers the next while three dozen deliveries hang', async () => {
    const { send, seen, hanging, pump } = world();
    for (let n = 0; n < 36; n++) send(`hangs ${n}`);
    send('quick');
    await vi.waitFor(() => expect(seen).toContain('quick'));
    expect(hanging).toHaveLength(36);
    for (const go of hanging) go();
    await pump.stop();
  });

  it('sets a message aside after six receives, and says so', async () => {
    const { send, failing, tick, dead, left, log, pump } = world();
    failing.add('poison');
    send('poison');
    await vi.waitFor(() => {
      tick(60_000);
      expect(dead()).toEqual([{ queue: QUEUE, body: 'poison', receives: 6 }]);
    });
    expect(left()).toEqual([]);
    expect(log.lines.some(({ level }) => level === 'error')).toBe(true);
    await pump.stop();
  });

  it('treats a function that throws as a batch in which all failed', async () => {
    const { send, failing, seen, tick, left, pump } = world();
    failing.add('everything');
    send('a');
    await vi.waitFor(() => expect(seen).toEqual(['a']));
    await pump.stop();
    expect(left()).toEqual(['a']);
    tick(0);
  });

  it('delivers what a killed host was working on to the next one', async () => {
    const first = world();
    first.queues.send([{ queue: QUEUE, body: 'half done', at: 0 }], 0);
    await first.pump.stop();
    first.queues.send([{ queue: QUEUE, body: 'under way', at: 0 }], 0);
    expect(first.queues.receive(QUEUE, 10, 1)).toHaveLength(1);
    const second = world(first.path);
    second.tick(0);
    await vi.waitFor(() => expect(second.left()).toEqual([]));
    expect(second.seen).toContain('under way');
    await second.pump.stop();
  });
});
