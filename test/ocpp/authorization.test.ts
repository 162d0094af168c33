import { describe, expect, test } from 'vitest';
import { updateSite } from '#shared/sites/manage-sites.ts';
import { SitePatch } from '#shared/sites/site.ts';
import { start16 } from '#test/support/charge-16.ts';
import { eventOf } from '#test/support/charge-201.ts';
import { aToken } from '#test/support/listed-charger.ts';
import { aPricedPeer, theSession } from '#test/support/ocpp-site.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { keptByPlatform } from '#test/support/reserving.ts';
import { authorizations, began, setting, shown } from '#test/support/shown-token.ts';

const VERSIONS = ['ocpp1.6', 'ocpp2.0.1'] as const;

describe.each(VERSIONS)('%s: a token', (version) => {
  const is16 = version === 'ocpp1.6';

  test.each([
    ['is good', {}, 'Accepted', 'Accepted', 'accepted'],
    ['is blocked', { status: 'blocked' }, 'Blocked', 'Blocked', 'blocked'],
    ['was lost', { status: 'lost' }, 'Blocked', 'Blocked', 'blocked'],
    ['is past its time', { valid_until: '2026-06-01T11:00:00Z' }, 'Expired', 'Expired', 'expired'],
  ] as const)(
    'that %s is answered so, and the decision kept',
    async (_what, more, v16, v201, reason) => {
      const { ctx, charger } = await aPricedPeer({ version });
      const token = await aToken(ctx, { uid: 'CARD-1', ...more });
      expect(await shown(charger, ' card-1')).toMatchObject({ status: is16 ? v16 : v201 });
      const result = reason === 'accepted' ? 'accepted' : 'rejected';
      expect(await authorizations(ctx)).toEqual([
        expect.objectContaining({
          ...{ result, reason, token_id: token.id, token_type: 'rfid', purpose: 'present' },
          ...{ uid: 'card-1', charger_id: 'CP-1', site_id: 'BLR-IND', session_id: null },
        }),
      ]);
      expect(recordedEvents(ctx).at(-1)?.type).toBe(`authorization.${result}`);
    },
  );

  test('that nobody knows is refused in live operation, and kept with its uid', async () => {
    const { ctx, charger } = await aPricedPeer({ version });
    await setting(ctx, { accept_unknown_tokens: false });
    expect(await shown(charger, 'STRANGER')).toEqual({ status: is16 ? 'Invalid' : 'Unknown' });
    expect(await authorizations(ctx, { result: 'rejected' })).toMatchObject([
      { uid: 'STRANGER', reason: 'unknown', token_id: null },
    ]);
  });

  test('is told with its time and its group', async () => {
    const { ctx, charger } = await aPricedPeer({ version });
    const valid_until = '2027-01-01T00:00:00.000Z';
    await aToken(ctx, { uid: 'CARD-1', group_id: 'FLEET', valid_until });
    expect(await shown(charger, 'CARD-1')).toEqual(
      is16
        ? { status: 'Accepted', expiryDate: valid_until, parentIdTag: 'FLEET' }
        : {
            status: 'Accepted',
            cacheExpiryDateTime: valid_until,
            groupIdToken: { idToken: 'FLEET', type: 'Central' },
          },
    );
  });

  test.each([
    ['public', [], 'STRANGER', true],
    ['private', [], 'STRANGER', false],
    ['private', [], 'PLAIN', true],
    ['restricted', ['staff'], 'PLAIN', false],
    ['restricted', ['staff', 'guests'], 'STAFF', true],
  ] as const)('at a site that is %s to %j: %s may charge: %s', async (type, labels, uid, may) => {
    const { ctx, charger } = await aPricedPeer({ version });
    await aToken(ctx, 'PLAIN');
    await aToken(ctx, { uid: 'STAFF', labels: ['staff'] });
    const access = { type, driver_labels: labels };
    await updateSite(ctx, 'BLR-IND', SitePatch.parse({ access }));
    const no = is16 ? 'Blocked' : 'NotAtThisLocation';
    expect(await shown(charger, uid)).toMatchObject({ status: may ? 'Accepted' : no });
    expect(await began(charger, uid)).toBe(may ? 'Accepted' : no);
    expect((await theSession(ctx)).status).toBe('charging');
  });

  test('charges nowhere at a site that is closed', async () => {
    const { ctx, charger } = await aPricedPeer({ version });
    await aToken(ctx, 'CARD-1');
    await updateSite(ctx, 'BLR-IND', SitePatch.parse({ status: 'closed' }));
    const [now] = [await shown(charger, 'CARD-1')];
    expect(now).toMatchObject({ status: is16 ? 'Blocked' : 'NotAtThisLocation' });
  });

  // Gotcha 28: it would otherwise hold the car to the cable.
  test('that charges stays accepted at its charger, so that it can stop, and its group with it', async () => {
    const { ctx, charger } = await aPricedPeer({ version });
    for (const uid of ['CARD-1', 'CARD-2'])
      await aToken(ctx, { uid, group_id: 'FLEET', labels: ['staff'] });
    await aToken(ctx, { uid: 'OTHER', labels: ['staff'] });
    const access = { type: 'restricted', driver_labels: ['staff'] } as const;
    await updateSite(ctx, 'BLR-IND', SitePatch.parse({ access }));
    await began(charger, 'CARD-1');
    await updateSite(
      ctx,
      'BLR-IND',
      SitePatch.parse({ access: { ...access, driver_labels: ['boss'] } }),
    );
    for (const uid of ['CARD-1', ' card-1 ', 'CARD-2'])
      expect(await shown(charger, uid)).toMatchObject({ status: 'Accepted' });
    expect(await shown(charger, 'OTHER')).not.toMatchObject({ status: 'Accepted' });
  });

  test('of another organization is a stranger', async () => {
    const { ctx, charger } = await aPricedPeer({ version });
    await setting(ctx, { accept_unknown_tokens: false });
    await aToken(ctx.as({ tenantId: 'other' }), 'CARD-1');
    expect(await shown(charger, 'CARD-1')).toEqual({ status: is16 ? 'Invalid' : 'Unknown' });
    expect(await authorizations(ctx.as({ tenantId: 'other' }))).toEqual([]);
  });
});

describe.each(['1.6', '2.0.1'] as const)('%s: a connector that is kept for somebody', (version) => {
  test('lets nobody else charge, and the one who stands there already stop', async () => {
    const { ctx, charger } = await keptByPlatform(version);
    const is16 = version === '1.6';
    const answerTo = async (uid: string) => {
      const payload = is16 ? { idTag: uid } : { idToken: { idToken: uid, type: 'ISO14443' } };
      const answer = Object(await charger.say('Authorize', payload));
      return Object(is16 ? answer['idTagInfo'] : answer['idTokenInfo']).status;
    };
    expect(await answerTo('HOLDER')).toBe('Accepted');
    expect(await answerTo('OTHER')).toBe(is16 ? 'Blocked' : 'NotAtThisTime');
    const timestamp = ctx.now().toISOString();
    if (is16) await charger.say('StartTransaction', start16({ idTag: 'OTHER', timestamp }));
    else
      await charger.say('TransactionEvent', {
        ...eventOf({ type: 'Started', seq: 0, token: 'OTHER', wh: 0, state: 'Charging' }),
        evse: { id: 1, connectorId: 1 },
        timestamp,
      });
    expect(await authorizations(ctx)).toMatchObject([
      { uid: 'OTHER', purpose: 'start', reason: 'not_at_this_time' },
      { uid: 'OTHER', purpose: 'present', reason: 'not_at_this_time' },
      { uid: 'HOLDER', purpose: 'present', result: 'accepted' },
    ]);
    expect(await answerTo('OTHER')).toBe('Accepted');
  });
});
