import { expect, test } from 'vitest';
import { getCommand } from '#shared/commands/settle-command.ts';
import { metric } from '#shared/core/metric-names.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';
import { NewSession } from '#shared/sessions/new-session.ts';
import { getSessionView } from '#shared/sessions/session-view.ts';
import { startSession } from '#shared/sessions/start-session.ts';
import { testContext } from '#test/support/context.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { settle } from '#test/support/settle.ts';

async function aFreeCharger() {
  const ctx = testContext();
  const charger = await aPeer(ctx);
  const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
  await charger.call('StatusNotification', status);
  const start = () => startSession(ctx, NewSession.parse({ charger_id: charger.id }));
  const reset = () =>
    requestCommand(ctx, { type: 'reset', chargerId: charger.id, input: { type: 'soft' } });
  return { ctx, charger, start, reset };
}

const statusOf = async (ctx: ReturnType<typeof testContext>, { id }: { id: string }) =>
  (await getCommand(ctx, id)).status;

// Gotcha 10: one call at a time, and the charger's own calls may cross it.
test('asks one thing at a time, and answers the charger meanwhile', async () => {
  const { ctx, charger, reset } = await aFreeCharger();
  await Promise.all([reset(), reset(), reset()]);
  expect(charger.asked()).toHaveLength(1);
  expect(await charger.call('Heartbeat')).toHaveProperty('currentTime');
  expect(charger.asked()).toHaveLength(1);
  await charger.reply(charger.lastAsked());
  expect(charger.asked()).toHaveLength(2);
  await charger.reply(charger.lastAsked());
  await charger.reply(charger.lastAsked());
  await settle(ctx);
  expect(charger.asked().map(({ action }) => action)).toEqual(['Reset', 'Reset', 'Reset']);
  expect(new Set(charger.asked().map(({ id }) => id)).size).toBe(3);
});

// Gotcha 11: 1.6 chargers count their messages, and begin again at 1 after every reboot.
test('takes a message whose id was used before for the new message it is', async () => {
  const { ctx, charger } = await aFreeCharger();
  const startOf = (meterStart: number) => ({
    connectorId: 1,
    idTag: 'A',
    meterStart,
    timestamp: ctx.now().toISOString(),
  });
  const first = await charger.call('StartTransaction', startOf(0), '1');
  ctx.tick(60_000);
  const second = await charger.call('StartTransaction', startOf(500), '1');
  expect(second['transactionId']).not.toBe(first['transactionId']);
});

// Gotcha 11: the versions allow 36 characters, and some chargers send more, or a bare number.
test.each(['x'.repeat(36), 'x'.repeat(60), 'ö'])('gives the id %s back as it came', async (id) => {
  const { charger } = await aFreeCharger();
  expect(await charger.call('Heartbeat', {}, id)).toHaveProperty('currentTime');
});

// Gotcha 12.
test('drops an answer that is late, comes twice or was never asked for', async () => {
  const { ctx, charger, reset } = await aFreeCharger();
  const command = await reset();
  const asked = charger.lastAsked();
  expect(await charger.reply({ id: 'never-asked' })).toEqual([]);
  expect(await charger.reply(asked, { status: 'Rejected' })).toEqual([]);
  expect(await charger.reply(asked, { status: 'Accepted' })).toEqual([]);
  expect(await statusOf(ctx, command)).toBe('rejected');
  const next = await reset();
  const late = charger.lastAsked();
  ctx.tick(31_000);
  await settle(ctx);
  expect(await charger.reply(late)).toEqual([]);
  expect(await statusOf(ctx, next)).toBe('timed_out');
  expect(ctx.counts[metric.strayReplies]).toBe(3);
});

// Gotcha 12: an error in place of a result; gotcha 13: which may be short.
test.each([
  '[4,"ID","InternalError","out of order",{}]',
  '[4,"ID","NotSupported"]',
  '[4,"ID"]',
  '[4,"ID","GenericError","no","text instead of details"]',
])('takes %s for a refusal: the start fails, the connector is free', async (text) => {
  const { ctx, charger, start } = await aFreeCharger();
  const { id } = await start();
  await settle(ctx);
  expect(charger.lastAsked().action).toBe('RemoteStartTransaction');
  expect(await charger.say(text.replace('ID', charger.lastAsked().id))).toEqual([]);
  expect(await getSessionView(ctx, id)).toMatchObject({
    status: 'failed',
    failure_reason: 'charger_rejected',
  });
  expect((await start()).status).toBe('starting');
});

// Gotcha 27: accepted is not started.
test('fails a start that the charger accepts and never makes', async () => {
  const { ctx, charger, start } = await aFreeCharger();
  const { id } = await start();
  await settle(ctx);
  await charger.reply(charger.lastAsked());
  expect((await getSessionView(ctx, id)).status).toBe('starting');
  ctx.tick(121_000);
  await settle(ctx);
  expect(await getSessionView(ctx, id)).toMatchObject({
    status: 'failed',
    failure_reason: 'cable_not_connected',
  });
});

test('fails a start that is not answered within 30 seconds', async () => {
  const { ctx, start } = await aFreeCharger();
  const { id } = await start();
  await settle(ctx);
  ctx.tick(29_000);
  await settle(ctx);
  expect((await getSessionView(ctx, id)).status).toBe('starting');
  ctx.tick(2_000);
  await settle(ctx);
  expect(await getSessionView(ctx, id)).toMatchObject({
    status: 'failed',
    failure_reason: 'no_response',
  });
});

// Gotcha 13: firmware leaves out what is empty, or sends null or a list for it.
test.each(['[2,"7","Heartbeat"]', '[2,"7","Heartbeat",null]', '[2,"7","Heartbeat",[]]'])(
  'takes %s for a heartbeat',
  async (text) => {
    const { charger } = await aFreeCharger();
    const [frame] = await charger.say(text);
    expect(frame?.json).toMatchObject([3, '7', { currentTime: expect.any(String) }]);
  },
);

// Gotcha 15.
test('goes on after a message it had to refuse', async () => {
  const { charger } = await aFreeCharger();
  expect(await charger.refusal('Authorize', { idTag: 7.5e300 })).toMatch(/Violation$/);
  expect(await charger.call('Heartbeat')).toHaveProperty('currentTime');
});

// Gotcha 16: names are case-sensitive, of actions and of fields; a key sent twice counts as its last.
test('reads names as they are spelled', async () => {
  const { charger } = await aFreeCharger();
  expect(await charger.refusal('heartbeat')).toBe('NotImplemented');
  expect(await charger.refusal('Authorize', { idtag: 'A' })).toBe('OccurenceConstraintViolation');
  const [frame] = await charger.say('[2,"7","Authorize",{"idTag":"x","idTag":"A"}]');
  expect(frame?.json).toEqual([3, '7', { idTagInfo: { status: 'Accepted' } }]);
});
