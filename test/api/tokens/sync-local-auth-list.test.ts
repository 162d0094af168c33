import { describe, expect, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint as syncLocalAuthList } from '#functions/api/tokens/sync-local-auth-list.ts';
import { endpoint as updateToken } from '#functions/api/tokens/update-token.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';
import { call } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import { aToken, ListedCharger } from '#test/support/listed-charger.ts';
import { aPricedPeer, MINUTE } from '#test/support/ocpp-site.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const VERSIONS = ['ocpp1.6', 'ocpp2.0.1'] as const;

async function aWorld(version: OcppVersion = 'ocpp1.6') {
  const { ctx, charger: peer } = await aPricedPeer({ version });
  return { ctx, charger: new ListedCharger(ctx, peer) };
}

const sync = (ctx: TestContext, body: object = {}) =>
  call(ctx, syncLocalAuthList, { params: { charger_id: 'CP-1' }, body });

async function resultOf(ctx: TestContext, id: unknown) {
  return (await call(ctx, getCommand, { params: { command_id: id } })).body;
}

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

describe.each(VERSIONS)('a list of %s', (version) => {
  test('is sent whole the first time, and the command tells what was sent', async () => {
    const { ctx, charger } = await aWorld(version);
    await aToken(ctx, { uid: 'CARD-1', group_id: 'FLEET', valid_until: '2027-01-01T00:00:00Z' });
    await aToken(ctx, 'CARD-2');
    const reply = await sync(ctx);
    expect(reply.status).toBe(202);
    expect(reply.body).toMatchObject({ type: 'sync_local_list', status: 'sent' });
    expect(reply.headers['Location']).toBe(`/v1/commands/${reply.body['id']}`);
    await charger.answerAll();
    expect(charger.said()).toEqual(['version?', 'Full 1 [2]']);
    expect(charger.uids).toEqual(['CARD-1', 'CARD-2']);
    expect(charger.infoOf('CARD-1')).toEqual(
      version === 'ocpp1.6'
        ? { status: 'Accepted', expiryDate: '2027-01-01T00:00:00.000Z', parentIdTag: 'FLEET' }
        : {
            status: 'Accepted',
            cacheExpiryDateTime: '2027-01-01T00:00:00.000Z',
            groupIdToken: { idToken: 'FLEET', type: 'Central' },
          },
    );
    const data = { mode: 'full', version: 1, entries: 2, left_out: 0, sent: 2 };
    expect(await resultOf(ctx, reply.body['id'])).toMatchObject({
      status: 'completed',
      result: { outcome: 'synced', data },
      steps: [expect.any(String), expect.any(String)],
    });
    const told = recordedEvents(ctx).filter(({ type }) => type === 'local_list.synced');
    expect(told).toMatchObject([{ subject: 'CP-1', object: { charger_id: 'CP-1', ...data } }]);
  });

  test('gets the differences after that, under a higher version', async () => {
    const { ctx, charger } = await synced(version, ['CARD-1', 'CARD-2', 'CARD-3']);
    const { id } = await aToken(ctx, 'CARD-4');
    await call(ctx, updateToken, { params: { token_id: id }, body: { group_id: 'FLEET' } });
    await sync(ctx);
    await charger.answerAll();
    expect(charger.said().slice(2)).toEqual(['version?', 'Differential 2 [1]']);
    expect(charger.uids).toEqual(['CARD-1', 'CARD-2', 'CARD-3', 'CARD-4']);
  });

  test('that is as it should be is asked for its version and sent nothing', async () => {
    const { ctx, charger } = await synced(version, ['CARD-1']);
    const { body } = await sync(ctx);
    await charger.answerAll();
    expect(charger.said().slice(2)).toEqual(['version?']);
    expect(await resultOf(ctx, body['id'])).toMatchObject({
      status: 'completed',
      result: { data: { mode: 'differential', version: 1, entries: 1, sent: 0 } },
    });
  });

  // Gotcha 30: differences would be taken, and leave the charger with these alone.
  test('that the charger has lost is sent whole, though differences were asked for', async () => {
    const { ctx, charger } = await synced(version, ['CARD-1', 'CARD-2']);
    charger.forget();
    await aToken(ctx, 'CARD-3');
    await sync(ctx, { mode: 'differential' });
    await charger.answerAll();
    expect(charger.said().slice(2)).toEqual(['version?', 'Full 2 [3]']);
    expect(charger.uids).toEqual(['CARD-1', 'CARD-2', 'CARD-3']);
  });

  test('is sent whole where that is asked for', async () => {
    const { ctx, charger } = await synced(version, ['CARD-1', 'CARD-2']);
    await sync(ctx, { mode: 'full' });
    await charger.answerAll();
    expect(charger.said().slice(2)).toEqual(['version?', 'Full 2 [2]']);
  });

  // Errata 3.52 of 1.6: version 0 is an empty list, so it is never sent.
  test('without tokens is emptied under a version of its own', async () => {
    const { ctx, charger } = await synced(version, []);
    expect(charger.said()).toEqual(['version?', 'Full 1 [0]']);
    await aToken(ctx, 'CARD-1');
    await sync(ctx);
    await charger.answerAll();
    expect(charger.said().slice(2)).toEqual(['version?', 'Full 2 [1]']);
    expect(charger.uids).toEqual(['CARD-1']);
  });

  // Gotcha 30.
  test('whose differences are refused is asked for its version and sent whole', async () => {
    const { ctx, charger } = await synced(version, ['CARD-1', 'CARD-2']);
    await aToken(ctx, 'CARD-3');
    charger.refusals = [{ status: 'VersionMismatch' }];
    const { body } = await sync(ctx);
    await charger.answerAll();
    expect(charger.said().slice(2)).toEqual([
      'version?',
      'Differential 2 [1]',
      'version?',
      'Full 3 [3]',
    ]);
    expect(await resultOf(ctx, body['id'])).toMatchObject({
      status: 'completed',
      result: { data: { mode: 'full', version: 3 } },
    });
  });

  test('that is refused for ever ends rejected, and is tried again when there is news', async () => {
    const { ctx, charger } = await synced(version, ['CARD-1']);
    await aToken(ctx, 'CARD-2');
    charger.refusals = Array.from({ length: 3 }, () => ({ status: 'VersionMismatch' }));
    const { body } = await sync(ctx);
    await charger.answerAll();
    expect(await resultOf(ctx, body['id'])).toMatchObject({
      status: 'rejected',
      result: { outcome: 'version_mismatch' },
    });
    expect(charger.uids).toEqual(['CARD-1']);
    await aToken(ctx, 'CARD-3');
    await aMinuteLater(ctx, charger);
    expect(charger.uids).toEqual(['CARD-1', 'CARD-2', 'CARD-3']);
  });

  test('that fails is tried with fewer entries at once', async () => {
    const { ctx, charger } = await aWorld(version);
    for (let n = 0; n < 40; n++) await aToken(ctx, `CARD-${n}`);
    charger.refusals = [{ status: 'Failed' }];
    await sync(ctx);
    await charger.answerAll();
    expect(charger.said()).toEqual([
      'version?',
      'Full 1 [40]',
      'version?',
      'Full 2 [25]',
      'Differential 3 [15]',
    ]);
    expect(charger.uids).toHaveLength(40);
  });
});
