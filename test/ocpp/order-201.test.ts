import { expect, test } from 'vitest';
import { listCdrs } from '#shared/cdrs/list-cdrs.ts';
import { EIGHT_KWH } from '#test/support/charge-16.ts';
import { hour201, tell } from '#test/support/charge-201.ts';
import { aPricedPeer, MINUTE, sessionsOf, theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

/** The hour's events in this order, all after it is over. */
async function told(...order: readonly number[]) {
  const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
  ctx.tick(61 * MINUTE);
  for (const seq of order) await tell(charger, hour201[seq] ?? { seq });
  await settle(ctx);
  return { ctx, charger };
}

// Gotcha 24. An end that tells no energy, of a transaction nobody knows, may be that of a cable alone.
test('an end that comes before its beginning ends the session that begins later', async () => {
  const { ctx } = await told(4, 0, 1, 2, 3);
  expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, flags: [] });
  expect((await listCdrs(ctx, {}, { limit: 10 })).items).toHaveLength(1);
});

test('an end alone is no session, and none ends because of it', async () => {
  const { ctx, charger } = await told(4);
  expect(await sessionsOf(ctx)).toEqual([]);
  await tell(charger, { type: 'Started', seq: 0, wh: 1, token: 'DRIVER', tx: 'TX-2' });
  expect(await theSession(ctx)).toMatchObject({ status: 'charging' });
});

test('what is told of the time before an assumed start moves the start, not the clock', async () => {
  const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
  ctx.tick(61 * MINUTE);
  await tell(charger, { seq: 3, minute: 45, wh: 1_006_000, state: 'SuspendedEV' });
  await tell(charger, { seq: 1, minute: 15, wh: 1_002_000 });
  expect(await theSession(ctx)).toMatchObject({
    energy_kwh: 4,
    charging_started_at: '2026-06-01T12:15:00.000Z',
    flags: ['start_missing'],
  });
  await tell(charger, hour201[0] ?? { seq: 0 });
  expect(await theSession(ctx)).toMatchObject({ energy_kwh: 6, flags: [] });
});
