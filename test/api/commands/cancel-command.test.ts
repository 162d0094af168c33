import { describe, expect, test } from 'vitest';
import { endpoint } from '#functions/api/commands/cancel-command.ts';
import { endpoint as listCommands } from '#functions/api/commands/list-commands.ts';
import { endpoint as resetCharger } from '#functions/api/commands/reset-charger.ts';
import { endpoint as updateConfiguration } from '#functions/api/configuration/update-charger-configuration.ts';
import { disconnected } from '#shared/chargers/connectivity.ts';
import { NewSession } from '#shared/sessions/new-session.ts';
import { getSessionView } from '#shared/sessions/session-view.ts';
import { startSession } from '#shared/sessions/start-session.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { aPricedPeer } from '#test/support/ocpp-site.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const cancel = (ctx: TestContext, command_id: unknown) =>
  call(ctx, endpoint, { params: { command_id } });
const params = { charger_id: 'CP-1' };
const reset = async (ctx: TestContext) =>
  (await call(ctx, resetCharger, { params, body: { type: 'soft' } })).body['id'];
const change = async (ctx: TestContext, ...names: string[]) => {
  const items = names.map((name) => ({ name, value: '1' }));
  return (await call(ctx, updateConfiguration, { params, body: { items } })).body['id'];
};
const away = (ctx: TestContext) => disconnected(ctx, 'CP-1', 'socket-of-CP-1');

describe('cancelCommand', () => {
  test('takes back what waits, for good, and says so', async () => {
    const ctx = testContext();
    await aPeer(ctx);
    await away(ctx);
    const id = await reset(ctx);
    expect(await cancel(ctx, id)).toMatchObject({
      status: 200,
      body: { status: 'canceled', result: { outcome: 'canceled' } },
    });
    expect(recordedEvents(ctx).at(-1)).toMatchObject({ type: 'command.failed', subject: id });
    const back = await aPeer(ctx, { connectionId: 'back', registered: true });
    await settle(ctx);
    expect(back.asked()).toEqual([]);
    expect(await cancel(ctx, id)).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  test('cannot take back what was sent, or answered', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    const id = await reset(ctx);
    expect((await cancel(ctx, id)).status).toBe(409);
    await charger.reply(charger.lastAsked());
    expect((await cancel(ctx, id)).status).toBe(409);
  });

  test('of a command of several calls takes back those that wait, and tells what was done', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    const id = await change(ctx, 'A', 'B', 'C');
    expect((await cancel(ctx, id)).status).toBe(409);
    await away(ctx);
    await charger.reply(charger.lastAsked());
    await settle(ctx);
    const { body } = await cancel(ctx, id);
    expect(body).toMatchObject({
      id,
      status: 'canceled',
      result: {
        outcome: 'partly_accepted',
        data: {
          items: [{ outcome: 'accepted' }, { outcome: 'not_sent' }, { outcome: 'not_sent' }],
        },
      },
    });
    const [step] = Array.isArray(body['steps']) ? body['steps'] : [];
    expect((await cancel(ctx, step)).body['detail']).toContain(String(id));
    const listed = await call(ctx, listCommands, { query: params });
    expect(listed.body).toMatchObject({ commands: [{ id }] });
  });

  test('of a start that waits lets its session fail', async () => {
    const { ctx, charger } = await aPricedPeer();
    await charger.call('StatusNotification', {
      connectorId: 1,
      errorCode: 'NoError',
      status: 'Available',
    });
    // A call in flight, so that the start waits behind it.
    await reset(ctx);
    const { id, command_id } = await startSession(ctx, NewSession.parse({ charger_id: 'CP-1' }));
    expect((await cancel(ctx, command_id)).status).toBe(200);
    expect(await getSessionView(ctx, id)).toMatchObject({
      status: 'failed',
      failure_reason: 'canceled',
    });
  });

  test('knows no command of others, nor of a site the key is not for', async () => {
    const ctx = testContext();
    await aPeer(ctx);
    await away(ctx);
    const id = await reset(ctx);
    for (const who of [ctx.as({ tenantId: 'other' }), ctx.as(keyOfSites('BLR-KOR'))])
      expect((await cancel(who, id)).status).toBe(404);
    expect((await cancel(ctx, 'cmd_nonsense')).status).toBe(404);
    expect((await cancel(ctx, id)).status).toBe(200);
  });
});
