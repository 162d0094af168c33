import { describe, expect, test } from 'vitest';
import { endpoint as updateOrganization } from '#functions/api/organization/update-organization.ts';
import { endpoint as updateSite } from '#functions/api/sites/update-site.ts';
import { endpoint as deleteToken } from '#functions/api/tokens/delete-token.ts';
import { endpoint as syncLocalAuthList } from '#functions/api/tokens/sync-local-auth-list.ts';
import { endpoint as updateToken } from '#functions/api/tokens/update-token.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';
import { call } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import { aToken, ListedCharger } from '#test/support/listed-charger.ts';
import { aPricedPeer, MINUTE } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

const VERSIONS = ['ocpp1.6', 'ocpp2.0.1'] as const;

async function aWorld(version: OcppVersion = 'ocpp1.6') {
  const { ctx, charger: peer } = await aPricedPeer({ version });
  return { ctx, charger: new ListedCharger(ctx, peer) };
}

const sync = (ctx: TestContext, body: object = {}) =>
  call(ctx, syncLocalAuthList, { params: { charger_id: 'CP-1' }, body });

/** A charger that has the list. */
async function synced(version: OcppVersion, uids: readonly string[]) {
  const { ctx, charger } = await aWorld(version);
  for (const uid of uids) await aToken(ctx, uid);
  await settle(ctx);
  await sync(ctx);
  await charger.answerAll();
  return { ctx, charger };
}

/** The minute in which changes are gathered is over. */
async function aMinuteLater(ctx: TestContext, charger: ListedCharger) {
  await settle(ctx);
  ctx.tick(MINUTE);
  await charger.answerAll();
}

describe.each(VERSIONS)('a list of %s that was sent', (version) => {
  test('follows its tokens: one that is new, one that is blocked, one that is removed', async () => {
    const { ctx, charger } = await synced(version, ['CARD-1']);
    const lost = await aToken(ctx, 'CARD-2');
    const gone = await aToken(ctx, 'CARD-3');
    await aMinuteLater(ctx, charger);
    expect(charger.uids).toEqual(['CARD-1', 'CARD-2', 'CARD-3']);
    await call(ctx, updateToken, { params: { token_id: lost.id }, body: { status: 'lost' } });
    await call(ctx, deleteToken, { params: { token_id: gone.id } });
    await aMinuteLater(ctx, charger);
    expect(charger.uids).toEqual(['CARD-1']);
    // Two changes are one message.
    expect(charger.said().slice(2)).toEqual([
      'version?',
      'Differential 2 [2]',
      'version?',
      'Differential 3 [2]',
    ]);
  });

  test('follows the organization, where the site has no list of its own kind', async () => {
    const { ctx, charger } = await aWorld(version);
    await aToken(ctx, { uid: 'STAFF', labels: ['staff'] });
    await aToken(ctx, 'GUEST');
    const access = { type: 'public', driver_labels: ['staff'] };
    await call(ctx, updateSite, { params: { site_id: 'BLR-IND' }, body: { access } });
    await sync(ctx);
    await charger.answerAll();
    expect(charger.uids).toEqual(['GUEST', 'STAFF']);
    await call(ctx, updateOrganization, { body: { local_list: 'labels' } });
    await aMinuteLater(ctx, charger);
    expect(charger.uids).toEqual(['STAFF']);
  });

  test('holds those alone that the site lets in, and follows the site', async () => {
    const { ctx, charger } = await aWorld(version);
    await aToken(ctx, { uid: 'STAFF', labels: ['staff'] });
    await aToken(ctx, 'GUEST');
    await sync(ctx);
    await charger.answerAll();
    expect(charger.uids).toEqual(['GUEST', 'STAFF']);
    const access = { type: 'restricted', driver_labels: ['staff'] };
    await call(ctx, updateSite, { params: { site_id: 'BLR-IND' }, body: { access } });
    await aMinuteLater(ctx, charger);
    expect(charger.uids).toEqual(['STAFF']);
    const open = { access: { type: 'public', driver_labels: ['staff'] }, local_list: 'labels' };
    await call(ctx, updateSite, { params: { site_id: 'BLR-IND' }, body: open });
    await aMinuteLater(ctx, charger);
    expect(charger.uids).toEqual(['STAFF']);
    await call(ctx, updateSite, { params: { site_id: 'BLR-IND' }, body: { local_list: 'all' } });
    await aMinuteLater(ctx, charger);
    expect(charger.uids).toEqual(['GUEST', 'STAFF']);
  });
});
