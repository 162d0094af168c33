import { describe, expect, test } from 'vitest';
import { endpoint as clearCache } from '#functions/api/commands/clear-authorization-cache.ts';
import { listCommands } from '#shared/commands/list-commands.ts';
import { createToken } from '#shared/tokens/manage-tokens.ts';
import { NewToken } from '#shared/tokens/new-token.ts';
import { call } from '#test/support/call.ts';
import { sessionsOf, theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';
import { aStation, type Station, VALID } from '#test/support/station-201.ts';

/** A station of an organization that knows its tokens, and takes no other. */
async function strict(...tokens: readonly object[]): Promise<Station> {
  const station = await aStation({ organization: { accept_unknown_tokens: false } });
  for (const token of tokens)
    await createToken(station.ctx, NewToken.parse({ type: 'rfid', ...token }));
  return station;
}
const info = (status: string, more: object = {}) => ({ idTokenInfo: { status, ...more } });

/** The cable is in, the driver not yet known. */
async function plugged(station: Station) {
  await station.connector('Occupied');
  await station.event('Started', { trigger: 'CablePluggedIn', state: 'EVConnected' });
}

describe('a driver who authorises at the station', () => {
  test('TC_C_02_CSMS: with an unknown token is told so', async () => {
    const station = await strict();
    expect(await station.authorize('NOBODY')).toEqual(info('Unknown'));
  });

  test('TC_C_06_CSMS: with a blocked token is told so', async () => {
    const station = await strict({ uid: 'BLOCKED', status: 'blocked' });
    expect(await station.authorize('BLOCKED')).toMatchObject(info('Blocked'));
  });

  test('TC_C_07_CSMS: with an expired token is told so', async () => {
    const station = await strict({ uid: 'EXPIRED', valid_until: '2026-05-31T00:00:00Z' });
    expect(await station.authorize('EXPIRED')).toMatchObject(info('Expired'));
  });
});

describe('a driver whom the station knew by its cache', () => {
  test('TC_C_08_CSMS: is confirmed with the transaction', async () => {
    const station = await strict({ uid: VALID });
    await plugged(station);
    const answer = await station.event('Updated', { trigger: 'Authorized', token: VALID });
    expect(answer).toMatchObject(info('Accepted'));
  });

  test('TC_C_20_CSMS: and who is not valid any more is found out with the transaction', async () => {
    const station = await strict();
    await plugged(station);
    const answer = await station.event('Updated', { trigger: 'Authorized', token: 'NOBODY' });
    expect(answer).toMatchObject(info('Unknown'));
    expect(await sessionsOf(station.ctx)).toHaveLength(1);
  });
});

test.each([
  ['TC_C_37_CSMS: the cache is cleared', 'Accepted', 'completed'],
  ['TC_C_38_CSMS: the cache is not cleared', 'Rejected', 'rejected'],
])('%s', async (_, status, outcome) => {
  const station = await aStation();
  await call(station.ctx, clearCache, { params: { charger_id: 'CP-1' }, body: {} });
  await station.reply(await station.asked('ClearCache'), { status });
  const { items } = await listCommands(station.ctx, { charger_id: 'CP-1' }, { limit: 1 });
  expect(items[0]).toMatchObject({ status: outcome });
});

describe('a group', () => {
  const group = { groupIdToken: { idToken: 'FAMILY', type: 'Central' } };

  test('TC_C_39_CSMS: may stop what one of it has started', async () => {
    const station = await strict(
      { uid: VALID, group_id: 'FAMILY' },
      { uid: 'SECOND', group_id: 'FAMILY' },
    );
    await plugged(station);
    expect(await station.authorize('SECOND')).toMatchObject(info('Accepted', group));
    const started = await station.event('Updated', { trigger: 'Authorized', token: VALID });
    expect(started).toMatchObject(info('Accepted', group));
    await station.event('Updated', { trigger: 'ChargingStateChanged', state: 'Charging' });
    expect(await station.authorize('SECOND')).toMatchObject(info('Accepted', group));
    const stopped = await station.event('Updated', { trigger: 'StopAuthorized', token: 'SECOND' });
    expect(stopped).toMatchObject(info('Accepted', group));
    await station.disconnected();
    expect(await theSession(station.ctx)).toMatchObject({ status: 'ended' });
  });
});

describe('a master pass', () => {
  const master = { uid: 'MASTER', group_id: 'MASTERPASS' };
  const group = { groupIdToken: { idToken: 'MASTERPASS', type: 'Central' } };
  const stop = (station: Station) =>
    station.event('Ended', {
      trigger: 'StopAuthorized',
      stopped: 'MasterPass',
      token: 'MASTER',
      wh: station.meter(),
    });

  async function twoCharging() {
    const first = await strict({ uid: VALID }, { uid: 'SECOND' }, master);
    const second = first.atSecondEvse();
    await first.charging();
    await second.charging('SECOND');
    return { first, second };
  }

  test.each([
    ['TC_C_47_CSMS: stops all transactions chosen on the screen'],
    ['TC_C_49_CSMS: stops all transactions of a station without a screen'],
  ])('%s', async () => {
    const { first, second } = await twoCharging();
    expect(await first.authorize('MASTER')).toMatchObject(info('Accepted', group));
    for (const station of [first, second])
      expect(await stop(station)).toMatchObject(info('Accepted', group));
    await settle(first.ctx);
    const statuses = (await sessionsOf(first.ctx)).map(({ status }) => status);
    expect(statuses).toEqual(['ended', 'ended']);
  });

  test('TC_C_48_CSMS: stops one transaction, and the other goes on', async () => {
    const { first, second } = await twoCharging();
    expect(await first.authorize('MASTER')).toMatchObject(info('Accepted', group));
    expect(await stop(second)).toMatchObject(info('Accepted', group));
    const statuses = (await sessionsOf(first.ctx)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual(['charging', 'ended']);
  });
});
