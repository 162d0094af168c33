import { describe, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint } from '#functions/api/commands/send-raw-ocpp-message.ts';
import type { Context } from '#shared/core/context.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { answering } from '#test/support/answering.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';
import {
  aCharger,
  anOnlineCharger,
  boot,
  keyOfSites,
  reconnect,
} from '#test/support/fake-charger.ts';
import { recordedEvents } from '#test/support/outbox.ts';

const getConfiguration = { action: 'GetConfiguration', payload: { key: ['HeartbeatInterval'] } };
const send = (ctx: Context, body: object = getConfiguration, headers = {}) =>
  call(ctx, endpoint, { params: { charger_id: 'BLR-014' }, body, headers });

describe('sendRawOcppMessage', () => {
  test('sends the payload to the letter, and keeps the answer to the letter', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { status, headers, body } = await send(ctx);
    expect([status, headers['Location']]).toEqual([202, `/v1/commands/${body['id']}`]);
    expect(body).toMatchObject({ type: 'raw', status: 'sent', charger_id: 'BLR-014' });
    expect(charger.calls()).toMatchObject([getConfiguration]);
    const answer = {
      configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '300' }],
    };
    await charger.answer(answer);
    const read = await call(ctx, getCommand, { params: { command_id: body['id'] } });
    expect(read.body).toMatchObject({
      status: 'completed',
      result: { outcome: 'accepted', data: answer },
      ocpp: {
        version: 'ocpp1.6',
        action: 'GetConfiguration',
        request: getConfiguration.payload,
        response: answer,
        error: null,
      },
    });
  });

  test('hides the passwords it brings, and those it takes, from command and events', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body } = await send(ctx, { action: 'GetConfiguration', payload: {} });
    const [secret, plain] = ['7065726c', '300'];
    await charger.answer({
      configurationKey: [
        { key: 'AuthorizationKey', readonly: false, value: secret },
        { key: 'HeartbeatInterval', readonly: false, value: plain },
      ],
    });
    const payload = { key: 'WifiPassword', value: secret };
    const { body: set } = await send(ctx, { action: 'ChangeConfiguration', payload });
    expect(charger.calls().at(-1)).toMatchObject({ payload });
    await charger.answer({ status: 'Accepted' });
    const read = (id: unknown) =>
      call(ctx, getCommand, { params: { command_id: String(id) } }).then((one) => one.body);
    const shown = [await read(body['id']), await read(set['id']), recordedEvents(ctx)];
    expect(JSON.stringify(shown)).toContain(plain);
    expect(JSON.stringify(shown)).not.toContain(secret);
  });

  test('waits for the end where the caller prefers to', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const lively = answering(ctx, charger, { configurationKey: [] });
    const { status, headers, body } = await send(lively, getConfiguration, { prefer: 'wait=5' });
    expect([status, headers['Preference-Applied']]).toEqual([200, 'wait=5']);
    expect(body).toMatchObject({ status: 'completed', result: { outcome: 'accepted' } });
  });

  test('is queued for a charger that is offline, for as long as is asked', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    await charger.disconnect();
    const { status, body } = await send(ctx, { ...getConfiguration, expires_in_seconds: 604_800 });
    expect(status).toBe(202);
    expect(body).toMatchObject({ status: 'queued', expires_at: '2026-06-08T04:30:00.000Z' });
    const back = await reconnect(ctx, 'BLR-014');
    await boot(back);
    expect(back.calls()).toMatchObject([getConfiguration]);
  });

  test('sends once for a repeat under the same key', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const key = { 'idempotency-key': 'k' };
    const first = await send(ctx, getConfiguration, key);
    expect((await send(ctx, getConfiguration, key)).body).toEqual(first.body);
    expect(charger.calls()).toHaveLength(1);
  });
});

describe('sendRawOcppMessage refuses', () => {
  test('a payload that is not valid, with an error per violation', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const payload = { key: 'k'.repeat(51), extra: 1 };
    const { status, body } = await send(ctx, { action: 'ChangeConfiguration', payload });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'validation_failed' });
    // 1.6 §6.7: key is CiString50, value is required, nothing else is allowed.
    expect(body['errors']).toEqual(
      expect.arrayContaining([
        { field: 'payload.value', code: 'required', message: 'It is missing.' },
        {
          field: 'payload.extra',
          code: 'unknown_field',
          message: 'It is not a field of this message.',
        },
        {
          field: 'payload.key',
          code: 'too_big',
          message: 'It must not be longer than 50 characters.',
        },
      ]),
    );
    expect(charger.calls()).toEqual([]);
  });

  test.for([
    ['an action that there is not', 'MakeCoffee', '1.6'],
    ['an action of another version', 'GetVariables', '1.6'],
    ['an action that only chargers send', 'BootNotification', '1.6'],
    ['one of those that we do not take ourselves', 'DiagnosticsStatusNotification', '1.6'],
    ['one that only 2.0.1 chargers send', 'NotifyReport', '2.0.1'],
  ] as const)('%s', async ([, action, version], { expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx, 'BLR-014', { version });
    const { status, body } = await send(ctx, { action, payload: {} });
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ field: 'action' }] });
  });

  test('a charger that has never connected, since its version is not known', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    const { status, body } = await send(ctx);
    expect([status, body['code']]).toEqual([409, 'charger_not_registered']);
  });

  test("others' chargers, and keys without the scope", async ({ expect }) => {
    const ctx = testContext();
    await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Mall' }));
    const charger = await anOnlineCharger(ctx, 'BLR-014', { site_id: 'BLR-IND' });
    expect((await send(ctx.as({ tenantId: 'other' }))).status).toBe(404);
    expect((await send(ctx.as(keyOfSites('BLR-KOR')))).status).toBe(404);
    const scopes = ['commands:write', 'commands:read'];
    const key = ctx.as({ actor: { kind: 'api_key', id: 'key_2', scopes } });
    expect((await send(key)).status).toBe(403);
    expect(charger.calls()).toEqual([]);
  });

  test.for([
    [{ action: 'Reset' }, 'payload'],
    [{ action: 'Reset', payload: [] }, 'payload'],
    [{ payload: {} }, 'action'],
    // A password the platform does not know of would lock the charger out.
    [
      { action: 'ChangeConfiguration', payload: { key: 'AuthorizationKey', value: '00' } },
      'payload',
    ],
    [{ ...getConfiguration, expires_in_seconds: 0 }, 'expires_in_seconds'],
    [{ ...getConfiguration, expires_in_seconds: 604_801 }, 'expires_in_seconds'],
  ] as const)('%j', async ([body, field], { expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const { status, body: problem } = await send(ctx, body);
    expect(status).toBe(422);
    expect(problem).toMatchObject({ errors: [{ field }] });
  });
});
