import { describe, expect, test } from 'vitest';
import { endpoint as syncLocalAuthList } from '#functions/api/tokens/sync-local-auth-list.ts';
import { byCharger, storeValues } from '#shared/configuration/store-values.ts';
import type { Told } from '#shared/configuration/variable.ts';
import { keys } from '#shared/db/keys.ts';
import { listChanges } from '#shared/local-lists/list-changes.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';
import { Token, tokenItem } from '#shared/tokens/token.ts';
import { call } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import { aToken, ListedCharger } from '#test/support/listed-charger.ts';
import { aPricedPeer } from '#test/support/ocpp-site.ts';

const told = (name: string, component: string | null, facts: Told['facts']): Told => ({
  name,
  component,
  component_instance: null,
  instance: null,
  evse_id: null,
  evse_connector_id: null,
  facts,
});

/** What a charger tells of the room that it has. */
const room = (version: OcppVersion, most: number, perMessage: number): Told[] =>
  version === 'ocpp1.6'
    ? [
        told('LocalAuthListMaxLength', null, { value: String(most) }),
        told('SendLocalListMaxLength', null, { value: String(perMessage) }),
      ]
    : [
        told('Entries', 'LocalAuthListCtrlr', { value: '0', max_limit: most }),
        told('ItemsPerMessage', 'LocalAuthListCtrlr', { value: String(perMessage) }),
      ];

async function aWorld(version: OcppVersion) {
  const { ctx, charger: peer } = await aPricedPeer({ version });
  return { ctx, charger: new ListedCharger(ctx, peer) };
}

async function sync(ctx: TestContext, charger: ListedCharger) {
  const params = { charger_id: 'CP-1' };
  const { status } = await call(ctx, syncLocalAuthList, { params, body: {} });
  expect(status).toBe(202);
  await charger.answerAll();
}

/** Tokens in their rows, without all that goes with registering one. */
async function manyTokens(ctx: TestContext, count: number) {
  const at = ctx.now().toISOString();
  for (let n = 0; n < count; n += 50) {
    const some = Array.from({ length: 50 }, (_, i) => {
      const id = ctx.newId('tok');
      const uid = `04${String(n + i).padStart(12, '0')}`;
      return { ...Token.parse({ uid, type: 'rfid', created_at: at, updated_at: at }), id };
    });
    await ctx.table.write(some.map((token) => ({ op: 'put', item: tokenItem(ctx, token) })));
  }
}

describe.each(['ocpp1.6', 'ocpp2.0.1'] as const)('the list of a charger of %s', (version) => {
  test('is sent in messages of the length it takes, under rising versions', async () => {
    const { ctx, charger } = await aWorld(version);
    for (let n = 0; n < 25; n++) await aToken(ctx, `CARD-${n}`);
    await storeValues(ctx, 'CP-1', room(version, 500, 10), byCharger);
    await sync(ctx, charger);
    expect(charger.said()).toEqual([
      'version?',
      'Full 1 [10]',
      'Differential 2 [10]',
      'Differential 3 [5]',
    ]);
    expect(charger.uids).toHaveLength(25);
  });

  test('has no more tokens than there is room for: those registered first', async () => {
    const { ctx, charger } = await aWorld(version);
    for (const uid of ['D', 'C', 'B', 'A']) await aToken(ctx, uid);
    await storeValues(ctx, 'CP-1', room(version, 3, 10), byCharger);
    await sync(ctx, charger);
    expect(charger.uids).toEqual(['B', 'C', 'D']);
    expect(await ctx.table.get(keys.localList('demo', 'CP-1'))).toMatchObject({
      entries: 3,
      left_out: 1,
    });
  });

  test('has those alone that may charge now, and that its version can spell', async () => {
    const { ctx, charger } = await aWorld(version);
    await aToken(ctx, 'GOOD');
    await aToken(ctx, { uid: 'BLOCKED', status: 'blocked' });
    await aToken(ctx, { uid: 'PAST', valid_until: '2026-05-01T00:00:00Z' });
    await aToken(ctx, 'X'.repeat(21));
    const partner = Token.parse({ uid: 'GUEST', type: 'rfid', issuer: 'rop_1' });
    const item = tokenItem(ctx, { ...partner, id: 'tok_guest', created_at: '', updated_at: '' });
    await ctx.table.write([{ op: 'put', item }]);
    await sync(ctx, charger);
    expect(charger.uids).toEqual(version === 'ocpp1.6' ? ['GOOD'] : ['GOOD', 'X'.repeat(21)]);
  });
});

test('a list of 10,000 tokens is sent in a hundred messages, and then only what has changed', async () => {
  const { ctx, charger } = await aWorld('ocpp1.6');
  await storeValues(ctx, 'CP-1', room('ocpp1.6', 20_000, 500), byCharger);
  await manyTokens(ctx, 10_000);
  await sync(ctx, charger);
  expect(charger.said()).toHaveLength(101);
  expect(charger.said().at(-1)).toBe('Differential 100 [100]');
  expect(charger.uids).toHaveLength(10_000);
  await aToken(ctx, 'NEWS');
  await sync(ctx, charger);
  expect(charger.said().slice(101)).toEqual(['version?', 'Differential 101 [1]']);
}, 60_000);

test('cards of 2.0.1 are named by their standard', async () => {
  const { ctx, charger } = await aWorld('ocpp2.0.1');
  await aToken(ctx, '04A2B3C4D5E680');
  await aToken(ctx, 'E004010012345678');
  await aToken(ctx, { uid: 'DE8ACC12345678', type: 'emaid' });
  await aToken(ctx, { uid: 'APP-7', type: 'app' });
  await sync(ctx, charger);
  const { localAuthorizationList } = charger.peer.lastAsked().payload;
  expect(localAuthorizationList).toMatchObject([
    { idToken: { idToken: '04A2B3C4D5E680', type: 'ISO14443' } },
    { idToken: { idToken: 'APP-7', type: 'Central' } },
    { idToken: { idToken: 'DE8ACC12345678', type: 'eMAID' } },
    { idToken: { idToken: 'E004010012345678', type: 'ISO15693' } },
  ]);
});

test('what has changed is what is gone, new, or otherwise, and not a spelling', () => {
  const entry = (uid: string, more: object = {}) => ({
    uid,
    type: 'rfid',
    group_id: null,
    valid_until: null,
    ...more,
  });
  const before = [entry('A'), entry('B'), entry('C')];
  const after = [entry('a'), entry('C', { group_id: 'G' }), entry('D')];
  const short = listChanges(before, after).map(({ uid, removed }) => [uid, removed]);
  expect(short).toEqual([
    ['B', true],
    ['C', false],
    ['D', false],
  ]);
});
