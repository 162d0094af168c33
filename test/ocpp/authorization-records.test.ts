import { describe, expect, test } from 'vitest';
import { endpoint as getToken } from '#functions/api/tokens/get-token.ts';
import { NewSession } from '#shared/sessions/new-session.ts';
import { startSession } from '#shared/sessions/start-session.ts';
import { call } from '#test/support/call.ts';
import { aToken } from '#test/support/listed-charger.ts';
import { aPricedPeer, MINUTE, theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';
import { authorizations, began, shown } from '#test/support/shown-token.ts';

const VERSIONS = ['ocpp1.6', 'ocpp2.0.1'] as const;

describe.each(VERSIONS)('%s: a token that is shown', (version) => {
  const is16 = version === 'ocpp1.6';

  test('is known by where it was last accepted, for a write an hour', async () => {
    const { ctx, charger } = await aPricedPeer({ version });
    const { id } = await aToken(ctx, 'CARD-1');
    const used = async () => (await call(ctx, getToken, { params: { token_id: id } })).body;
    await shown(charger, 'CARD-1');
    const first = ctx.now().toISOString();
    ctx.tick(30 * MINUTE);
    await shown(charger, 'CARD-1');
    expect(await used()).toMatchObject({ last_used_at: first, last_used_charger_id: 'CP-1' });
    ctx.tick(31 * MINUTE);
    await began(charger, 'CARD-1');
    expect(await used()).toMatchObject({
      last_used_at: ctx.now().toISOString(),
      resource_version: 1,
    });
  });

  test('that is asked about again by the same message is decided once', async () => {
    const { ctx, charger } = await aPricedPeer({ version });
    const payload = is16
      ? { idTag: 'CARD-1' }
      : { idToken: { idToken: 'CARD-1', type: 'ISO14443' } };
    for (const id of ['7', '7', '8']) await charger.call('Authorize', payload, id);
    expect(await authorizations(ctx)).toHaveLength(2);
    for (const _ of [1, 2]) await began(charger, 'CARD-1');
    const { id } = await theSession(ctx);
    expect(await authorizations(ctx, { uid: 'card-1' })).toMatchObject([
      { purpose: 'start', session_id: id, connector: 1 },
      { purpose: 'present' },
      { purpose: 'present' },
    ]);
  });

  test('whose decision cannot be kept is answered all the same', async () => {
    const { ctx, charger } = await aPricedPeer({ version });
    await aToken(ctx, 'CARD-1');
    const table = new Proxy(ctx.table, {
      get: (target, name) =>
        name === 'write'
          ? () => Promise.reject(new Error('Throttled'))
          : Reflect.get(target, name, target).bind?.(target),
    });
    const payload = is16
      ? { idTag: 'CARD-1' }
      : { idToken: { idToken: 'CARD-1', type: 'ISO14443' } };
    const [frame] = await charger.say(JSON.stringify([2, '1', 'Authorize', payload]), table);
    expect(frame?.json).toMatchObject([3, '1', {}]);
    expect(JSON.stringify(frame?.json)).toContain('Accepted');
  });
});

test('a session that was started over the API is no authorization of a token', async () => {
  const { ctx, charger } = await aPricedPeer();
  const free = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
  await charger.call('StatusNotification', free);
  await startSession(ctx, NewSession.parse({ charger_id: 'CP-1' }));
  await settle(ctx);
  const { idTag } = charger.lastAsked().payload;
  await charger.reply(charger.lastAsked());
  await shown(charger, String(idTag));
  expect(await began(charger, String(idTag))).toBe('Accepted');
  expect(await theSession(ctx)).toMatchObject({ status: 'charging', auth_method: 'api' });
  expect(await authorizations(ctx)).toEqual([]);
});
