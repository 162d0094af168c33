import { describe, expect, test } from 'vitest';
import { endpoint as getCharger } from '#functions/api/chargers/get-charger.ts';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint as syncLocalAuthList } from '#functions/api/tokens/sync-local-auth-list.ts';
import { disconnected } from '#shared/chargers/connectivity.ts';
import { deleteCharger } from '#shared/chargers/update-charger.ts';
import { keys } from '#shared/db/keys.ts';
import { findLocalList } from '#shared/local-lists/local-list.ts';
import { call } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import { aToken, ListedCharger } from '#test/support/listed-charger.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { aPricedPeer, MINUTE } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

const ANSWER_MS = 31_000;

/** A charger, and so many tokens, of which it takes 50 at once. */
async function aWorld(tokens: number) {
  const { ctx, charger: peer } = await aPricedPeer();
  for (let n = 0; n < tokens; n++) await aToken(ctx, `CARD-${n}`);
  return { ctx, charger: new ListedCharger(ctx, peer) };
}

async function begin(ctx: TestContext, body: object = {}): Promise<string> {
  const params = { charger_id: 'CP-1' };
  const reply = await call(ctx, syncLocalAuthList, { params, body });
  await settle(ctx);
  return String(reply.body['id']);
}

const commandOf = async (ctx: TestContext, id: string) =>
  (await call(ctx, getCommand, { params: { command_id: id } })).body;

/** Answers so many calls. */
async function answer(ctx: TestContext, charger: ListedCharger, calls: number) {
  for (let n = 0; n < calls; n++) {
    const next = charger.next();
    if (next) await charger.answer(next);
    await settle(ctx);
  }
}

/** It loses its socket, and comes back. */
async function reconnect(ctx: TestContext, { peer }: ListedCharger, minutes: number) {
  const { connectionId } = peer.sender;
  await disconnected(ctx, 'CP-1', connectionId);
  for (const wait of [MINUTE, (minutes - 1) * MINUTE]) {
    await settle(ctx);
    ctx.tick(wait);
  }
  await settle(ctx);
  const again = await aPeer(ctx, { id: 'CP-1', registered: true, connectionId });
  await settle(ctx);
  return again;
}

describe('a message about the list', () => {
  test('that was taken, and whose answer was lost, is not sent again', async () => {
    const { ctx, charger } = await aWorld(120);
    const id = await begin(ctx);
    await answer(ctx, charger, 2);
    const second = charger.next();
    if (second) charger.take(second);
    charger.ignore();
    ctx.tick(ANSWER_MS);
    await charger.answerAll();
    expect(charger.said()).toEqual([
      'version?',
      'Full 1 [50]',
      'Differential 2 [50]',
      'version?',
      'Differential 3 [20]',
    ]);
    expect(charger.uids).toHaveLength(120);
    expect(await commandOf(ctx, id)).toMatchObject({ result: { data: { sent: 120 } } });
  });

  test('that never arrived is sent again under the same version', async () => {
    const { ctx, charger } = await aWorld(60);
    await begin(ctx);
    await answer(ctx, charger, 2);
    charger.ignore();
    ctx.tick(ANSWER_MS);
    await charger.answerAll();
    expect(charger.said()).toEqual([
      'version?',
      'Full 1 [50]',
      'Differential 2 [10]',
      'version?',
      'Differential 2 [10]',
    ]);
    expect(charger.uids).toHaveLength(60);
  });

  test('that was lost with the list of the charger begins the list anew', async () => {
    const { ctx, charger } = await aWorld(60);
    await begin(ctx);
    await answer(ctx, charger, 2);
    charger.ignore();
    charger.forget();
    ctx.tick(ANSWER_MS);
    await charger.answerAll();
    expect(charger.said().slice(3)).toEqual(['version?', 'Full 3 [50]', 'Differential 4 [10]']);
    expect(charger.uids).toHaveLength(60);
  });

  test('that is answered twice counts once', async () => {
    const { ctx, charger } = await aWorld(120);
    await begin(ctx);
    await answer(ctx, charger, 1);
    const first = charger.next();
    if (first) {
      const said = charger.take(first);
      await charger.answer(first, said);
      await charger.peer.reply(first, said);
    }
    await charger.answerAll();
    expect(charger.said()).toHaveLength(4);
    expect(charger.uids).toHaveLength(120);
  });

  test('that is never answered, however often it is asked about, ends the sync', async () => {
    const { ctx, charger } = await aWorld(1);
    const id = await begin(ctx);
    for (let n = 0; n < 6; n++) {
      charger.ignore();
      ctx.tick(ANSWER_MS);
      await settle(ctx);
    }
    expect(await commandOf(ctx, id)).toMatchObject({ status: 'timed_out' });
    expect(charger.said()).toHaveLength(5);
    expect(await findLocalList(ctx, 'CP-1')).toMatchObject({ outdated: true });
  });
});

describe('a charger that goes offline in the middle', () => {
  test('is gone on with where it stood when it is back in time', async () => {
    const { ctx, charger } = await aWorld(160);
    const id = await begin(ctx);
    await answer(ctx, charger, 3);
    charger.ignore();
    await reconnect(ctx, charger, 30);
    expect(await commandOf(ctx, id)).toMatchObject({ status: 'sent' });
    await charger.answerAll();
    expect(charger.said().slice(3)).toEqual([
      'Differential 3 [50]',
      'version?',
      'Differential 3 [50]',
      'Differential 4 [10]',
    ]);
    expect(charger.uids).toHaveLength(160);
    expect(await commandOf(ctx, id)).toMatchObject({ status: 'completed' });
  });

  test('gets its list whole when it is back too late, without being asked', async () => {
    const { ctx, charger } = await aWorld(60);
    const id = await begin(ctx, { expires_in_seconds: 600 });
    await answer(ctx, charger, 2);
    charger.ignore();
    await reconnect(ctx, charger, 120);
    expect(await commandOf(ctx, id)).toMatchObject({ status: 'expired' });
    await charger.answerAll();
    expect(charger.said().slice(3)).toEqual(['version?', 'Full 3 [50]', 'Differential 4 [10]']);
    expect(charger.uids).toHaveLength(60);
  });

  test('that never comes for the first call ends expired', async () => {
    const { ctx, charger } = await aWorld(1);
    await disconnected(ctx, 'CP-1', charger.peer.sender.connectionId);
    const id = await begin(ctx, { expires_in_seconds: 60 });
    expect(await commandOf(ctx, id)).toMatchObject({ status: 'queued' });
    ctx.tick(61_000);
    await settle(ctx);
    expect(await commandOf(ctx, id)).toMatchObject({ status: 'expired' });
  });
});

describe('a charger that keeps no list', () => {
  const cases = [
    ['says so by the version -1', { listVersion: -1 }],
    ['refuses the list', undefined],
  ] as const;
  test.each(cases)('and %s is known for it, and not asked again', async (_how, version) => {
    const { ctx, charger } = await aWorld(1);
    const id = await begin(ctx);
    const asked = charger.next();
    if (asked) await charger.answer(asked, version ?? charger.take(asked));
    charger.refusals = [{ status: 'NotSupported' }];
    await charger.answerAll();
    expect(await commandOf(ctx, id)).toMatchObject({
      status: 'rejected',
      result: { outcome: 'not_supported' },
    });
    const { body } = await call(ctx, getCharger, { params: { charger_id: 'CP-1' } });
    expect(body).toMatchObject({ capabilities: { local_list: false } });
    const again = await call(ctx, syncLocalAuthList, { params: { charger_id: 'CP-1' }, body: {} });
    expect(again).toMatchObject({ status: 409, body: { code: 'capability_not_supported' } });
    const before = charger.said().length;
    await aToken(ctx, 'NEWS');
    await settle(ctx);
    ctx.tick(MINUTE);
    await settle(ctx);
    expect(charger.said()).toHaveLength(before);
  });

  test('and does not know the call is known for it', async () => {
    const { ctx, charger } = await aWorld(1);
    const id = await begin(ctx);
    const frame = [4, charger.next()?.id, 'NotImplemented', '', {}];
    await charger.peer.say(JSON.stringify(frame));
    expect(await commandOf(ctx, id)).toMatchObject({
      status: 'rejected',
      result: { outcome: 'not_supported' },
    });
  });
});

describe('a list under way', () => {
  test('is joined by whoever asks for it again, and by no full one', async () => {
    const { ctx, charger } = await aWorld(1);
    await begin(ctx);
    await charger.answerAll();
    await aToken(ctx, 'NEWS');
    const id = await begin(ctx);
    expect(await begin(ctx)).toBe(id);
    const params = { charger_id: 'CP-1' };
    const full = await call(ctx, syncLocalAuthList, { params, body: { mode: 'full' } });
    expect(full).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const twice = await Promise.all([begin(ctx), begin(ctx)]);
    expect(twice).toEqual([id, id]);
  });

  test('that two ask for at once is begun once', async () => {
    const { ctx, charger } = await aWorld(1);
    const [a, b] = await Promise.all([begin(ctx), begin(ctx)]);
    expect(a).toBe(b);
    await charger.answerAll();
    expect(charger.said()).toEqual(['version?', 'Full 1 [1]']);
  });

  test('is compared again for what changes meanwhile', async () => {
    const { ctx, charger } = await aWorld(60);
    await begin(ctx);
    await answer(ctx, charger, 2);
    await aToken(ctx, 'NEWS');
    await settle(ctx);
    // The minute of gathering passes while the charger owes an answer.
    const next = charger.next();
    ctx.tick(MINUTE / 3);
    if (next) await charger.answer(next);
    await settle(ctx);
    ctx.tick(MINUTE);
    await charger.answerAll();
    expect(charger.uids).toHaveLength(61);
    expect(charger.said().slice(3)).toEqual(['version?', 'Differential 3 [1]']);
  });

  test('is compared again when it is through, where its end is late', async () => {
    const { ctx, charger } = await aWorld(60);
    await begin(ctx);
    await charger.answerAll();
    await aToken(ctx, 'NEWS-1');
    await disconnected(ctx, 'CP-1', charger.peer.sender.connectionId);
    await begin(ctx);
    await aToken(ctx, 'NEWS-2');
    await settle(ctx);
    ctx.tick(2 * MINUTE);
    await settle(ctx);
    expect(await findLocalList(ctx, 'CP-1')).toMatchObject({ outdated: true });
    await reconnect(ctx, charger, 1);
    await charger.answerAll();
    expect(charger.said().slice(3)).toEqual([
      'version?',
      'Differential 3 [1]',
      'version?',
      'Differential 4 [1]',
    ]);
    expect(charger.uids).toHaveLength(62);
  });
});

test('changes cost a charger without a list nothing, and a retired one is forgotten', async () => {
  const { ctx, charger } = await aWorld(1);
  await settle(ctx);
  expect(await ctx.table.get(keys.listRefresh('demo'))).toBeUndefined();
  await begin(ctx);
  await charger.answerAll();
  await deleteCharger(ctx, 'CP-1');
  await aToken(ctx, 'NEWS');
  await settle(ctx);
  ctx.tick(MINUTE);
  await settle(ctx);
  expect(await findLocalList(ctx, 'CP-1')).toBeUndefined();
  expect((await ctx.table.query(keys.listedChargers('demo'))).items).toEqual([]);
});
