import { describe, expect, test } from 'vitest';
import { endpoint as listCommands } from '#functions/api/commands/list-commands.ts';
import { worker as runBatch } from '#functions/tasks/run-command-batch.ts';
import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { events, idsOf, peers, post, seen, soft } from '#test/support/batched.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';
import { CrashingTable } from '#test/support/crashing-table.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { settle } from '#test/support/settle.ts';

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
