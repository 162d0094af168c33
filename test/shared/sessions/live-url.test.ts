import { expect, it } from 'vitest';
import { NewSession } from '#shared/sessions/new-session.ts';
import { getSessionView } from '#shared/sessions/session-view.ts';
import { startSession } from '#shared/sessions/start-session.ts';
import { testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';

it('gives the live URL by the host the session was started through, whoever completes its events', async () => {
  const ctx = testContext();
  await anOnlineCharger(ctx);
  const { id, websocket } = await startSession(ctx, NewSession.parse({ charger_id: 'BLR-014' }));
  const reader = { ...ctx, urls: { api: '', ocpp: '', live: 'wss://localhost/live' } };
  expect(websocket).toMatch(/^wss:\/\/api\.magma\.test\/live\/lt_/);
  expect((await getSessionView(reader, id)).websocket).toBe(websocket);
});
