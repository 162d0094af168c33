import { describe, test } from 'vitest';
import { endpoint } from '#functions/api/chargers/list-unclaimed-chargers.ts';
import { admitCharger } from '#shared/chargers/admit-charger.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { recordedEvents } from '#test/support/outbox.ts';

const strict = { organization: { auto_register: false, allow_unsecured: false } };
const knock = (ctx: TestContext, identity: string) =>
  admitCharger(ctx, {
    identity,
    credentials: undefined,
    secure: true,
    certificate: undefined,
    remoteIp: '203.0.113.7',
  });
const list = async (ctx: TestContext, query = {}) => (await call(ctx, endpoint, { query })).body;

describe('listUnclaimedChargers', () => {
  test('tells who knocked, why they were refused, and how often', async ({ expect }) => {
    const ctx = testContext(strict);
    await aCharger(ctx, 'BLR-014');
    await knock(ctx, 'STRANGER');
    ctx.tick(60_000);
    await knock(ctx, 'STRANGER');
    await knock(ctx, 'BLR-014');
    expect(await list(ctx)).toEqual({
      unclaimed_chargers: [
        expect.objectContaining({ identity: 'BLR-014', reason: 'bad_credentials', attempts: 1 }),
        {
          identity: 'STRANGER',
          reason: 'not_registered',
          attempts: 2,
          remote_ip: '203.0.113.7',
          vendor_name: null,
          model: null,
          serial_number: null,
          first_attempt_at: '2026-06-01T04:30:00.000Z',
          last_attempt_at: '2026-06-01T04:31:00.000Z',
        },
      ],
      total: null,
      next_cursor: null,
    });
  });

  test('sends one event an hour, however often a stranger knocks', async ({ expect }) => {
    const ctx = testContext(strict);
    for (const ms of [0, 1000, 3_598_000, 1000]) {
      ctx.tick(ms);
      await knock(ctx, 'STRANGER');
    }
    const told = recordedEvents(ctx).filter((e) => e.type === 'charger.unclaimed_connection');
    expect(told.map((e) => e.at)).toEqual(['2026-06-01T04:30:00.000Z', '2026-06-01T05:30:00.000Z']);
  });

  test('forgets who has not knocked for 30 days', async ({ expect }) => {
    const ctx = testContext(strict);
    await knock(ctx, 'STRANGER');
    ctx.tick(30 * 86_400_000 + 1000);
    expect(await list(ctx)).toMatchObject({ unclaimed_chargers: [] });
  });

  test('goes a page at a time', async ({ expect }) => {
    const ctx = testContext(strict);
    for (const id of ['S-1', 'S-2', 'S-3']) await knock(ctx, id);
    const first = await list(ctx, { limit: 2 });
    const second = await list(ctx, { limit: 2, cursor: first['next_cursor'] });
    expect(second).toMatchObject({ unclaimed_chargers: [{ identity: 'S-3' }], next_cursor: null });
  });

  test('shows none to a key of some sites, or of another organization', async ({ expect }) => {
    const ctx = testContext(strict);
    await knock(ctx, 'STRANGER');
    for (const who of [keyOfSites('BLR-IND'), { tenantId: 'other' }])
      expect(await list(ctx.as(who))).toMatchObject({ unclaimed_chargers: [] });
  });
});
