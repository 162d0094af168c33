import { describe, test } from 'vitest';
import { endpoint as getCharger } from '#functions/api/chargers/get-charger.ts';
import { reportStatus } from '#shared/connectors/report-status.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger } from '#test/support/fake-charger.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';

const report = (
  ctx: TestContext,
  status: 'Available' | 'Charging' | 'Faulted',
  more: object = {},
) =>
  reportStatus(ctx, {
    chargerId: 'BLR-014',
    connector: 1,
    status,
    errorCode: null,
    vendorErrorCode: null,
    at: ctx.now().toISOString(),
    ...more,
  });
const told = (ctx: TestContext) =>
  recordedEvents(ctx).filter((e) => e.type === 'connector.status_changed');

describe('the status of a connector', () => {
  test('is told with the one before', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    await report(ctx, 'Available');
    clearOutbox(ctx);
    await report(ctx, 'Faulted', { errorCode: 'GroundFailure' });
    expect(told(ctx)).toMatchObject([
      {
        subject: 'BLR-014/1',
        scope: { charger_id: 'BLR-014', connector: 1 },
        previous: { status: 'Available', error_code: null },
        object: { status: 'Faulted', error_code: 'GroundFailure', type: 'Type2', power_kw: 22 },
      },
    ]);
  });

  test('makes no news by being repeated', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    await report(ctx, 'Available');
    clearOutbox(ctx);
    ctx.tick(60_000);
    expect(await report(ctx, 'Available')).toMatchObject({ outdated: false });
    expect(told(ctx)).toEqual([]);
  });

  test('is not set back by older news, as after an outage', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    const earlier = ctx.now().toISOString();
    ctx.tick(60_000);
    await report(ctx, 'Charging');
    const late = await report(ctx, 'Available', { at: earlier });
    expect(late).toMatchObject({ outdated: true, connector: { status: 'Charging' } });
  });

  test.for([
    ['in 1970', '1970-01-01T00:00:07Z'],
    ['in the future', '2031-01-01T00:00:00Z'],
    ['left out', undefined],
    ['no time at all', 'noon'],
  ] as const)('counts as of now when its time is %s', async ([, at], { expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    await report(ctx, 'Available', { at });
    ctx.tick(1000);
    expect(await report(ctx, 'Charging')).toMatchObject({
      outdated: false,
      connector: { status: 'Charging', status_reported_at: '2026-06-01T04:30:01.000Z' },
    });
  });

  test('of a connector that nobody registered makes it known', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    await report(ctx, 'Available', { connector: 2 });
    const { body } = await call(ctx, getCharger, { params: { charger_id: 'BLR-014' } });
    expect(body['connectors']).toMatchObject([
      { id: 1, status: 'Unavailable' },
      { id: 2, status: 'Available', type: 'Unknown' },
    ]);
  });

  test('of two connectors at once makes both known', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx, 'BLR-014', { connectors: [] });
    await Promise.all([1, 2, 3].map((connector) => report(ctx, 'Available', { connector })));
    const { body } = await call(ctx, getCharger, { params: { charger_id: 'BLR-014' } });
    expect(body['connectors']).toMatchObject([{ id: 1 }, { id: 2 }, { id: 3 }]);
  });
});
