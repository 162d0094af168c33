import { describe, expect, test } from 'vitest';
import { endpoint as replay } from '#functions/api/webhooks/replay-webhook-deliveries.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';
import { CrashingTable } from '#test/support/crashing-table.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';
import { settle } from '#test/support/settle.ts';
import { anEndpoint, fail, somethingHappens } from '#test/webhooks/something-happens.ts';

const SITES = ['ONE', 'TWO', 'THREE', 'FOUR'];

describe('a replay whose process dies', () => {
  test.for([0, 1, 2, 3, 4].flatMap((at) => [false, true].map((done) => ({ at, done }))))(
    'at write $at (done: $done) loses nothing when it is asked for again',
    async (crash) => {
      await using server = await loopbackServer();
      const ctx = testContext();
      const from = ctx.now().toISOString();
      for (const site of SITES) await somethingHappens(ctx, site);
      const { id } = await anEndpoint(ctx, server);
      const params = { webhook_endpoint_id: id };
      const body = { created_after: from, types: ['site.created'] };
      const dying = { ...ctx, table: new CrashingTable(ctx.table, crash) };
      const first = await call(dying, replay, { params, body });
      expect(first.status).toBeGreaterThanOrEqual(500);
      await settle(ctx);
      const again = await call(ctx, replay, { params, body });
      expect(again.body).toEqual({ scheduled: 4, continue_after: null });
      await settle(ctx);
      const got = server.received.map((one) => String(JSON.parse(one.body).subject.id));
      expect(new Set(got)).toEqual(new Set(SITES));
      const ids = server.received.map(({ headers }) => headers['webhook-id']);
      expect(new Set(ids).size).toBe(4);
    },
  );
});

test('`undelivered` sends what was given up, dropped or never begun, and leaves the rest alone', async () => {
  await using server = await loopbackServer();
  const ctx = testContext();
  const from = ctx.now().toISOString();
  await somethingHappens(ctx, 'BEFORE');
  const { id } = await anEndpoint(ctx, server);
  await somethingHappens(ctx, 'ARRIVED');
  server.answer(fail(500));
  await somethingHappens(ctx, 'RETRYING');
  server.answer((response) => response.writeHead(204).end());
  const params = { webhook_endpoint_id: id };
  const body = { created_after: from, undelivered: true };
  expect((await call(ctx, replay, { params, body })).body).toMatchObject({ scheduled: 1 });
  await settle(ctx);
  const got = server.received.map((one) => String(JSON.parse(one.body).subject.id));
  expect(got).toEqual(['ARRIVED', 'RETRYING', 'BEFORE']);
});
