import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { endpoint } from '#functions/api/commands/create-command-batch.ts';
import { endpoint as listCommands } from '#functions/api/commands/list-commands.ts';
import { worker as runBatch } from '#functions/tasks/run-command-batch.ts';
import { disconnected } from '#shared/chargers/connectivity.ts';
import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { CrashingTable } from '#test/support/crashing-table.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { aPeer, type OcppPeer } from '#test/support/ocpp-peer.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const post = (ctx: TestContext, body: object) => call(ctx, endpoint, { body });
const soft = { type: 'reset', input: { type: 'soft' } };
const Listed = z.object({
  commands: z.array(
    z.looseObject({
      charger_id: z.string(),
      status: z.string(),
      result: z.looseObject({ outcome: z.string() }).nullable(),
    }),
  ),
  batch: z.looseObject({ status: z.string(), total: z.int() }),
});

/** What of a batch can be read: the batch, and the status of each charger's command. */
async function seen(ctx: TestContext, batch_id: unknown) {
  const { body } = await call(ctx, listCommands, { query: { batch_id, limit: 200 } });
  const { batch, commands } = Listed.parse(body);
  const status = Object.fromEntries(commands.map((one) => [one.charger_id, one.status]));
  return { batch, commands, status };
}

async function peers(ctx: TestContext, count: number, version?: 'ocpp2.0.1'): Promise<OcppPeer[]> {
  const all: OcppPeer[] = [];
  for (let n = 1; n <= count; n += 1)
    all.push(await aPeer(ctx, { id: `CP-${n}`, ...(version ? { version } : {}) }));
  return all;
}
const asked = (chargers: readonly OcppPeer[]) => chargers.filter((one) => one.asked().length > 0);
const idsOf = (chargers: readonly OcppPeer[]) => chargers.map(({ id }) => id);
const events = (ctx: TestContext) =>
  recordedEvents(ctx).filter(({ type }) => type === 'command_batch.completed');

describe('a batch', () => {
  test('asks so many chargers at a time, and the next when one has answered', async () => {
    const ctx = testContext();
    const chargers = await peers(ctx, 5);
    const { status, body, headers } = await post(ctx, {
      ...soft,
      charger_ids: idsOf(chargers),
      concurrency: 2,
    });
    expect([status, body['total']]).toEqual([202, 5]);
    expect(headers['Location']).toBe(`/v1/commands?batch_id=${body['id']}`);
    await settle(ctx);
    for (let done = 0; done < 5; done += 1) {
      expect(idsOf(asked(chargers))).toEqual(idsOf(chargers.slice(0, done + 2)));
      const now = await seen(ctx, body['id']);
      expect(now.batch['by_status']).toMatchObject({
        completed: done,
        running: Math.min(2, 5 - done),
        waiting: Math.max(0, 3 - done),
      });
      expect(events(ctx)).toEqual([]);
      await chargers[done]?.reply(chargers[done]?.lastAsked() ?? { id: '' });
      await settle(ctx);
    }
    expect((await seen(ctx, body['id'])).batch).toMatchObject({
      status: 'completed',
      total: 5,
      by_status: { completed: 5, running: 0, waiting: 0 },
    });
    expect(events(ctx)).toMatchObject([{ subject: body['id'], object: { status: 'completed' } }]);
  });

  test('stops when more fail than may: the rest is canceled, and nobody is asked any more', async () => {
    const ctx = testContext();
    const chargers = await peers(ctx, 6);
    const { body } = await post(ctx, {
      ...soft,
      charger_ids: idsOf(chargers),
      concurrency: 2,
      max_failures: 1,
    });
    await settle(ctx);
    for (const charger of chargers.slice(0, 2)) {
      await charger.reply(charger.lastAsked(), { status: 'Rejected' });
      await settle(ctx);
    }
    // The third began when the first had failed; it may still do as it was told.
    await chargers[2]?.reply(chargers[2].lastAsked());
    await settle(ctx);
    const { batch, status } = await seen(ctx, body['id']);
    expect(batch).toMatchObject({ status: 'stopped' });
    expect(Object.values(status).filter((one) => one === 'canceled')).toHaveLength(3);
    expect(idsOf(asked(chargers))).toEqual(['CP-1', 'CP-2', 'CP-3']);
    expect(events(ctx)).toMatchObject([
      { object: { status: 'stopped', by_status: { rejected: 2, completed: 1, canceled: 3 } } },
    ]);
  });

  test('counts failures in percent of all, and timing out as one', async () => {
    const ctx = testContext();
    const chargers = await peers(ctx, 4);
    const { body } = await post(ctx, {
      ...soft,
      charger_ids: idsOf(chargers),
      concurrency: 1,
      max_failure_percent: 25,
    });
    await settle(ctx);
    for (const _ of [1, 2]) {
      ctx.tick(31_000);
      await settle(ctx);
    }
    const { batch, status } = await seen(ctx, body['id']);
    expect(batch).toMatchObject({ status: 'stopped' });
    expect(status).toEqual({
      'CP-1': 'timed_out',
      'CP-2': 'timed_out',
      'CP-3': 'canceled',
      'CP-4': 'canceled',
    });
  });

  test('takes back what waits for a charger that is away, when it stops', async () => {
    const ctx = testContext();
    const chargers = await peers(ctx, 2);
    await disconnected(ctx, 'CP-1', 'socket-of-CP-1');
    const { body } = await post(ctx, {
      ...soft,
      charger_ids: idsOf(chargers),
      concurrency: 1,
      max_failures: 0,
      expires_in_seconds: 86_400,
    });
    await settle(ctx);
    // It held up no other.
    expect(idsOf(asked(chargers))).toEqual(['CP-2']);
    await chargers[1]?.reply(chargers[1].lastAsked(), { status: 'Rejected' });
    await settle(ctx);
    const { batch, status } = await seen(ctx, body['id']);
    expect(batch).toMatchObject({ status: 'stopped' });
    expect(status).toEqual({ 'CP-1': 'canceled', 'CP-2': 'rejected' });
    const back = await aPeer(ctx, { connectionId: 'back', id: 'CP-1', registered: true });
    await settle(ctx);
    expect(back.asked()).toEqual([]);
  });

  test('says of each charger that cannot be asked why, and goes on', async () => {
    const ctx = testContext();
    const [charger] = await peers(ctx, 1);
    await createCharger(ctx, NewCharger.parse({ id: 'NEW-1', security_profile: 0 }));
    const { body } = await post(ctx, {
      type: 'set_monitors',
      input: { monitors: [] },
      charger_ids: ['NO-SUCH', 'NEW-1', 'CP-1', 'NO-SUCH'],
    });
    await settle(ctx);
    const { batch, commands } = await seen(ctx, body['id']);
    expect(batch).toMatchObject({ status: 'completed', total: 3, by_status: { rejected: 3 } });
    expect(
      Object.fromEntries(commands.map((one) => [one.charger_id, one.result?.outcome])),
    ).toEqual({
      'NO-SUCH': 'not_found',
      'NEW-1': 'charger_not_registered',
      'CP-1': 'capability_not_supported',
    });
    expect(charger?.asked()).toEqual([]);
  });

  test('of settings is one command a charger, whatever its version', async () => {
    const ctx = testContext();
    const old = await aPeer(ctx, { id: 'OLD' });
    const { body } = await post(ctx, {
      type: 'update_configuration',
      input: {
        items: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
      charger_ids: ['OLD'],
    });
    await settle(ctx);
    await old.reply(old.lastAsked());
    await old.reply(old.lastAsked());
    await settle(ctx);
    const { batch, commands } = await seen(ctx, body['id']);
    expect(batch).toMatchObject({ status: 'completed', by_status: { completed: 1 } });
    expect(commands).toMatchObject([
      { type: 'update_configuration', batch_id: body['id'], result: { outcome: 'accepted' } },
    ]);
    expect(old.asked()).toHaveLength(2);
  });
});

describe('the chargers of a batch', () => {
  test('are those that match a filter now', async () => {
    const ctx = testContext();
    await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'A' }));
    for (const id of ['A-1', 'A-2', 'B-1'])
      await createCharger(
        ctx,
        NewCharger.parse({
          id,
          security_profile: 0,
          site_id: 'BLR-IND',
          labels: id.startsWith('A') ? ['old'] : [],
        }),
      );
    const { body } = await post(ctx, {
      type: 'clear_cache',
      filter: { site_id: 'BLR-IND', label: 'old' },
    });
    await settle(ctx);
    expect(Object.keys((await seen(ctx, body['id'])).status)).toEqual(['A-2', 'A-1']);
  });

  test.each([
    ['none', { charger_ids: [] }, 422],
    ['none that match', { filter: { label: 'no such' } }, 422],
    ['neither ids nor a filter', {}, 422],
    ['both', { charger_ids: ['A'], filter: {} }, 422],
    ['more than 1,000', { charger_ids: Array.from({ length: 1001 }, (_, n) => `C-${n}`) }, 422],
  ])('cannot be %s', async (_, body, status) => {
    expect(await post(testContext(), { ...soft, ...body })).toMatchObject({ status });
  });

  test('may be a thousand', async () => {
    const ctx = testContext();
    const charger_ids = Array.from({ length: 1000 }, (_, n) => `C-${n}`);
    const { body } = await post(ctx, { ...soft, charger_ids });
    await settle(ctx);
    expect((await seen(ctx, body['id'])).batch).toMatchObject({
      status: 'completed',
      by_status: { rejected: 1000 },
    });
    expect(events(ctx)).toHaveLength(1);
  });

  test('are those in the reach of whoever asks, and nobody else sees the batch', async () => {
    const ctx = testContext();
    for (const id of ['S-1', 'S-2']) {
      await createSite(ctx, NewSite.parse({ id, name: id }));
      await createCharger(
        ctx,
        NewCharger.parse({ id: `C-${id}`, security_profile: 0, site_id: id }),
      );
      await aPeer(ctx, { id: `C-${id}`, registered: true });
    }
    const mine = ctx.as(keyOfSites('S-1'));
    const { body } = await post(mine, { ...soft, charger_ids: ['C-S-1', 'C-S-2'] });
    await settle(ctx);
    expect((await seen(ctx, body['id'])).status).toEqual({ 'C-S-1': 'sent', 'C-S-2': 'rejected' });
    expect((await seen(mine, body['id'])).status).toEqual({ 'C-S-1': 'sent' });
    const query = { batch_id: body['id'] };
    for (const other of [ctx.as(keyOfSites('S-2')), ctx.as({ tenantId: 'other' })])
      expect((await call(other, listCommands, { query })).status).toBe(404);
  });
});

test('a batch that crashes at any write starts nothing twice and forgets nobody', async () => {
  let crashed = 0;
  for (const done of [true, false]) {
    for (let at = 0; at < 6; at += 1) {
      const ctx = testContext();
      const chargers = await peers(ctx, 7);
      const { body } = await post(ctx, { ...soft, charger_ids: [...idsOf(chargers), 'NO-SUCH'] });
      const table = new CrashingTable(ctx.table, { at, done });
      const payload = { batch_id: body['id'] };
      await runBatch.run(payload, { ...ctx, table }).catch(() => {});
      if (table.hasCrashed) crashed += 1;
      await settle(ctx);
      for (const charger of chargers) {
        expect(charger.asked()).toHaveLength(1);
        await charger.reply(charger.lastAsked());
      }
      await settle(ctx);
      expect((await seen(ctx, body['id'])).batch).toMatchObject({
        status: 'completed',
        by_status: { completed: 7, rejected: 1 },
      });
      expect(events(ctx)).toHaveLength(1);
    }
  }
  expect(crashed).toBeGreaterThan(2);
});
