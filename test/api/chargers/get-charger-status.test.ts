import { describe, test } from 'vitest';
import { endpoint } from '#functions/api/chargers/get-charger-status.ts';
import { aCharge } from '#test/support/a-charge.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { settle } from '#test/support/settle.ts';

const read = (ctx: TestContext) => call(ctx, endpoint, { params: { charger_id: 'BLR-014' } });

describe('getChargerStatus', () => {
  test('shows the session on a connector in figures, and nothing besides', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    await charge.status('Charging');
    ctx.tick(60_000);
    await charge.measure(1357, { 'Power.Active.Import': 21_400, SoC: 46 });
    expect((await read(ctx)).body).toEqual({
      id: 'BLR-014',
      status: 'in_use',
      connectivity: {
        state: 'online',
        since: '2026-06-01T04:30:00.000Z',
        last_seen_at: '2026-06-01T04:30:00.000Z',
      },
      connectors: [
        {
          id: 1,
          type: 'Type2',
          status: 'Charging',
          power_kw: 22,
          active_power_kw: 21.4,
          session_id: charge.id,
          soc_percent: 46,
          status_updated_at: '2026-06-01T04:30:00.000Z',
        },
      ],
      updated_at: '2026-06-01T04:31:00.000Z',
    });
  });

  test('is pending before the first connection', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    expect((await read(ctx)).body).toMatchObject({
      status: 'pending',
      connectivity: { state: 'pending', since: null, last_seen_at: null },
      connectors: [{ active_power_kw: null, session_id: null, soc_percent: null }],
    });
  });

  test('stays what it was through the grace period, then is offline', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    await charge.status('Charging');
    await charge.charger.disconnect();
    ctx.tick(89_999);
    await settle(ctx);
    expect((await read(ctx)).body).toMatchObject({
      status: 'in_use',
      connectivity: { state: 'reconnecting' },
    });
    ctx.tick(1);
    await settle(ctx);
    expect((await read(ctx)).body).toMatchObject({
      status: 'offline',
      connectivity: { state: 'offline' },
    });
  });

  test('knows no charger of others, nor of a site that the key is not for', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    expect((await read(ctx.as({ tenantId: 'other' }))).status).toBe(404);
    expect((await read(ctx.as(keyOfSites('BLR-IND')))).status).toBe(404);
  });
});
