import { describe, test } from 'vitest';
import { endpoint as getSession } from '#functions/api/sessions/get-session.ts';
import { aStart } from '#test/support/a-charge.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const read = async (ctx: TestContext, session_id: string) =>
  (await call(ctx, getSession, { params: { session_id } })).body;
/** What a webhook would be told: live-only events left out. */
const told = (ctx: TestContext) =>
  recordedEvents(ctx)
    .filter((e) => e.type.startsWith('session.') && e.type !== 'session.meter_values')
    .map((e) => (e.liveOnly ? `${e.type} (live)` : e.type));

describe('a session that was asked for', () => {
  test('fails when no cable is plugged in within two minutes', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aStart(ctx);
    await charge.charger.answer({ status: 'Accepted' });
    ctx.tick(119_999);
    await settle(ctx);
    expect(await read(ctx, charge.id)).toMatchObject({ status: 'starting' });
    clearOutbox(ctx);
    ctx.tick(1);
    await settle(ctx);
    expect(await read(ctx, charge.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'cable_not_connected',
      websocket: null,
    });
    expect(told(ctx)).toEqual(['session.failed']);
  });

  test('has begun though its start was timed out, when the charger begins it late', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charge = await aStart(ctx);
    ctx.tick(30_000);
    await settle(ctx);
    expect(await read(ctx, charge.id)).toMatchObject({ status: 'failed' });
    clearOutbox(ctx);
    await charge.begin();
    await settle(ctx);
    const late = recordedEvents(ctx).find((e) => e.type === 'session.started')?.subject ?? '';
    expect(await read(ctx, late)).toMatchObject({ charger_id: 'BLR-014', status: 'charging' });
    expect(charge.charger.calls().at(-1)).toMatchObject({ action: 'RemoteStopTransaction' });
    await charge.end(1200);
    expect(await read(ctx, late)).toMatchObject({ status: 'ended', energy_kwh: 0.2 });
  });

  test('is not mixed up with a driver who is quicker: theirs is a session of its own', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charge = await aStart(ctx);
    await charge.begin({ idTag: 'DRIVER1' });
    const [, local] = recordedEvents(ctx).filter((e) => e.type === 'session.started');
    expect(await read(ctx, local?.subject ?? '')).toMatchObject({
      status: 'charging',
      auth_method: 'rfid',
      flags: ['replaced_open_session'],
    });
    ctx.tick(120_000);
    await settle(ctx);
    expect(await read(ctx, charge.id)).toMatchObject({ status: 'failed' });
    expect(await read(ctx, local?.subject ?? '')).toMatchObject({ status: 'charging' });
  });
});
