import { describe, expect, test } from 'vitest';
import { keys } from '#shared/db/keys.ts';
import { updateSite } from '#shared/sites/manage-sites.ts';
import { SitePatch } from '#shared/sites/site.ts';
import { updateToken } from '#shared/tokens/manage-tokens.ts';
import { TokenPatch } from '#shared/tokens/new-token.ts';
import { tell } from '#test/support/charge-201.ts';
import { aToken } from '#test/support/listed-charger.ts';
import { aPricedPeer, theSession } from '#test/support/ocpp-site.ts';
import { authorizations, began, setting, shown } from '#test/support/shown-token.ts';

describe('a token of 2.0.1', () => {
  // The session keeps the token it began with; the charger stops by the group.
  test('that stops the session of its group changes nothing of whose it is', async () => {
    const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
    for (const uid of ['CARD-1', 'CARD-2']) await aToken(ctx, { uid, group_id: 'FLEET' });
    await began(charger, 'CARD-1');
    const tx = 'TX-CARD-1-1';
    const stop = { type: 'Ended', seq: 1, minute: 60, wh: 1_008_000, tx } as const;
    const answer = await tell(charger, { ...stop, token: 'CARD-2' });
    expect(answer).toMatchObject({
      idTokenInfo: { status: 'Accepted', groupIdToken: { idToken: 'FLEET' } },
    });
    expect(await theSession(ctx)).toMatchObject({ status: 'ended', token_uid_masked: '••RD-1' });
  });

  // Gotcha 24: the token may come late, and another after one that was refused.
  test('that comes late, or after one that was refused, is the one the session is of', async () => {
    const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
    await setting(ctx, { accept_unknown_tokens: false });
    await aToken(ctx, 'CARD-1');
    await aToken(ctx, 'CARD-2');
    const evse = { id: 1, connectorId: 1 };
    await tell(charger, { type: 'Started', seq: 0, evse, state: 'Charging', wh: 1_000_000 });
    const late = await tell(charger, { seq: 1, minute: 1, token: 'STRANGER' });
    expect(late).toMatchObject({ idTokenInfo: { status: 'Unknown' } });
    expect(await theSession(ctx)).toMatchObject({ auth_method: 'unknown' });
    await tell(charger, { seq: 2, minute: 2, token: 'CARD-1' });
    await tell(charger, { seq: 3, minute: 3, token: 'CARD-2' });
    expect(await theSession(ctx)).toMatchObject({
      auth_method: 'rfid',
      token_uid_masked: '••RD-1',
    });
    for (const _ of [1, 2]) await tell(charger, { seq: 3, minute: 3, token: 'CARD-2' });
    expect(await authorizations(ctx)).toMatchObject([
      { uid: 'CARD-2', result: 'accepted', purpose: 'present' },
      { uid: 'CARD-1', result: 'accepted', purpose: 'present' },
      { uid: 'STRANGER', result: 'rejected', purpose: 'start' },
    ]);
  });

  // Gotcha 24: the beginning, with the token in it, may be told last.
  test('that is told after the end is the one the session was of', async () => {
    const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
    await aToken(ctx, { uid: 'CARD-1', max_concurrent_sessions: 1 });
    const evse = { id: 1, connectorId: 1 };
    await tell(charger, { seq: 1, minute: 15, wh: 1_002_000, evse, state: 'Charging' });
    await tell(charger, { type: 'Ended', seq: 2, minute: 60, wh: 1_008_000 });
    await tell(charger, { type: 'Started', seq: 0, wh: 1_000_000, token: 'CARD-1', evse });
    expect(await theSession(ctx)).toMatchObject({
      ...{ status: 'ended', energy_kwh: 8, auth_method: 'rfid', token_uid_masked: '••RD-1' },
    });
    expect(await began(charger, 'CARD-1', 2)).toBe('Accepted');
  });

  test.each([
    ['eMAID', 'Accepted'],
    ['KeyCode', 'Invalid'],
    ['ISO14443', 'Invalid'],
    ['Central', 'Accepted'],
    ['NoAuthorization', 'Invalid'],
  ])('that is a contract and is shown as %s is %s', async (type, status) => {
    const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
    await aToken(ctx, { uid: 'DE8ACC12345678', type: 'emaid' });
    expect(await shown(charger, 'DE8ACC12345678', type)).toMatchObject({ status });
  });

  test('that is blocked while it charges is refused from then on', async () => {
    const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
    const { id } = await aToken(ctx, 'CARD-1');
    await began(charger, 'CARD-1');
    await updateToken(ctx, id, TokenPatch.parse({ status: 'blocked' }));
    const answer = await tell(charger, { seq: 1, minute: 1, token: 'CARD-1', tx: 'TX-CARD-1-1' });
    expect(answer).toMatchObject({ idTokenInfo: { status: 'Blocked' } });
    expect((await theSession(ctx)).status).toBe('charging');
  });
});

describe('a partner of the organization', () => {
  const guest = async (more: object) => {
    const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
    const token = { uid: 'GUEST', type: 'rfid', issuer: 'rop_1', ...more };
    await ctx.table.write([{ op: 'put', item: { ...keys.token('demo', 'GUEST'), ...token } }]);
    return { ctx, charger };
  };

  test.each([
    ['always', 'Accepted'],
    ['allowed', 'Accepted'],
    ['allowed_offline', 'Accepted'],
    ['never', 'Invalid'],
  ])(
    'whose tokens are to be let charge without asking %s has them %s',
    async (whitelist, status) => {
      const { ctx, charger } = await guest({ whitelist });
      expect(await shown(charger, 'GUEST')).toEqual({ status });
      await began(charger, 'GUEST');
      expect(await theSession(ctx)).toMatchObject({ auth_method: 'roaming' });
    },
  );

  test('has no tokens that charge at a private site', async () => {
    const { ctx, charger } = await guest({});
    const access = { type: 'private', driver_labels: [] } as const;
    await updateSite(ctx, 'BLR-IND', SitePatch.parse({ access }));
    expect(await shown(charger, 'GUEST')).toEqual({ status: 'NotAtThisLocation' });
  });
});
