import { expect, test } from 'vitest';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';
import { NewSession } from '#shared/sessions/new-session.ts';
import { startSession } from '#shared/sessions/start-session.ts';
import { stopSession } from '#shared/sessions/stop-session.ts';
import { start16 } from '#test/support/charge-16.ts';
import { CrashingTable } from '#test/support/crashing-table.ts';
import { aPricedPeer, theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

/** A session whose start has been asked of the charger, and a reset that waits for the answer. */
async function asked() {
  const { ctx, charger } = await aPricedPeer();
  const free = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
  await charger.call('StatusNotification', free);
  const { id } = await startSession(ctx, NewSession.parse({ charger_id: 'CP-1' }));
  await settle(ctx);
  return { ctx, charger, id };
}

const waitForReset = (ctx: Parameters<typeof requestCommand>[0]) =>
  requestCommand(ctx, { type: 'reset', chargerId: 'CP-1', input: { type: 'soft' } });

/** Every write of the handling of a refusal at which a process may die; chargers do not repeat answers. */
const crashes = [0, 1, 2, 3].flatMap((at) => [false, true].map((done) => ({ at, done })));

test.each(crashes)('a refused start fails its session, a process dying: %j', async (crash) => {
  const { ctx, charger } = await asked();
  const refusal = JSON.stringify([3, charger.lastAsked().id, { status: 'Rejected' }]);
  await waitForReset(ctx);
  await charger.say(refusal, new CrashingTable(ctx.table, crash)).catch(() => undefined);
  ctx.tick(31_000);
  await settle(ctx);
  const session = await theSession(ctx);
  expect(session.status).toBe('failed');
  expect(session.failure_reason).toBeOneOf(['charger_rejected', 'no_response']);
  // And the charger can be asked the next thing, at the latest when the one before is given up.
  ctx.tick(31_000);
  await settle(ctx);
  await waitForReset(ctx);
  expect(charger.lastAsked().action).toBe('Reset');
});

test.each(crashes)(
  'a refused stop leaves its session charging, a process dying: %j',
  async (crash) => {
    const { ctx, charger, id } = await asked();
    const { id: call, payload } = charger.lastAsked();
    await charger.call('StartTransaction', start16({ idTag: payload['idTag'] }));
    await charger.reply({ id: call });
    await stopSession(ctx, id);
    await settle(ctx);
    const refusal = JSON.stringify([3, charger.lastAsked().id, { status: 'Rejected' }]);
    await charger.say(refusal, new CrashingTable(ctx.table, crash)).catch(() => undefined);
    ctx.tick(31_000);
    await settle(ctx);
    expect(await theSession(ctx)).toMatchObject({ status: 'charging', stop_reason: null });
    await stopSession(ctx, id);
    await settle(ctx);
    expect(charger.asked().filter(({ action }) => action === 'RemoteStopTransaction')).toHaveLength(
      2,
    );
  },
);

// The answer to the first stop may be worked on late.
test('the end of an earlier stop does not take back a later one', async () => {
  const { ctx, charger, id } = await asked();
  const { id: call, payload } = charger.lastAsked();
  await charger.call('StartTransaction', start16({ idTag: payload['idTag'] }));
  await charger.reply({ id: call });
  await stopSession(ctx, id);
  await settle(ctx);
  await charger.reply(charger.lastAsked(), { status: 'Rejected' });
  await stopSession(ctx, id);
  ctx.tick(15_000);
  await settle(ctx);
  await charger.reply(charger.lastAsked());
  ctx.tick(16_000);
  await settle(ctx);
  expect((await theSession(ctx)).status).toBe('stopping');
});
