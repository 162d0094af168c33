import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { endpoint as clearCache } from '#functions/api/commands/clear-authorization-cache.ts';
import { endpoint as resetCharger } from '#functions/api/commands/reset-charger.ts';
import { endpoint as startSession } from '#functions/api/sessions/start-session.ts';
import { endpoint as stopSession } from '#functions/api/sessions/stop-session.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import { getSessionView } from '#shared/sessions/session-view.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger, type FakeCharger, reconnect } from '#test/support/fake-charger.ts';
import { settle } from '#test/support/settle.ts';

const accepted = { status: 'Accepted' };
const Asked = z.object({ idTag: z.string() });
const actions = (charger: FakeCharger) => charger.calls().map(({ action }) => action);

async function start(ctx: TestContext): Promise<{ charger: FakeCharger; id: string }> {
  const charger = await anOnlineCharger(ctx);
  const { body } = await call(ctx, startSession, { body: { charger_id: 'BLR-014' } });
  return { charger, id: z.string().parse(body['session_id']) };
}

/** The socket ends without a word, and the charger is back a second later. */
async function cut(ctx: TestContext, charger: FakeCharger): Promise<FakeCharger> {
  await charger.disconnect();
  ctx.tick(1000);
  const back = await reconnect(ctx, 'BLR-014');
  ctx.tick(2000);
  await settle(ctx);
  return back;
}

describe('a call whose socket ended before it was answered', () => {
  test('is asked anew on the next socket where it is a stop', async () => {
    const ctx = testContext();
    const { charger, id } = await start(ctx);
    const { idTag } = Asked.parse(charger.calls().at(-1)?.payload);
    await charger.answer(accepted);
    const timestamp = ctx.now().toISOString();
    await charger.say('StartTransaction', { connectorId: 1, idTag, meterStart: 0, timestamp });
    await call(ctx, stopSession, { params: { session_id: id } });
    expect(actions(charger).at(-1)).toBe('RemoteStopTransaction');

    const back = await cut(ctx, charger);
    expect(back.calls()).toMatchObject([
      { action: 'RemoteStopTransaction', payload: charger.calls().at(-1)?.payload },
    ]);
    await back.answer(accepted);
    ctx.tick(60_000);
    await settle(ctx);
    expect(await getSessionView(ctx, id)).toMatchObject({ status: 'stopping' });
    expect(actions(back)).toEqual(['RemoteStopTransaction']);
  });

  test('has failed where it is any other, and holds up nothing behind it', async () => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const params = { charger_id: 'BLR-014' };
    const { body: reset } = await call(ctx, resetCharger, { params, body: { type: 'soft' } });
    await call(ctx, clearCache, { params, body: {} });
    expect(actions(charger)).toEqual(['Reset']);
    const back = await cut(ctx, charger);
    expect(actions(back)).toEqual(['ClearCache']);
    expect(await getCommand(ctx, String(reset['id']))).toMatchObject({
      status: 'failed',
      result: { outcome: 'connection_lost' },
    });
  });

  test('is left to its time-out where it is a start, which may have arrived', async () => {
    const ctx = testContext();
    const { charger, id } = await start(ctx);
    expect(actions(charger)).toEqual(['RemoteStartTransaction']);
    const back = await cut(ctx, charger);
    expect(back.calls()).toEqual([]);
    expect(await getSessionView(ctx, id)).toMatchObject({ status: 'starting' });
  });
});
