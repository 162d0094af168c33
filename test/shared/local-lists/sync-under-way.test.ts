import { describe, expect, test } from 'vitest';
import { endpoint as syncLocalAuthList } from '#functions/api/tokens/sync-local-auth-list.ts';
import { disconnected } from '#shared/chargers/connectivity.ts';
import { deleteCharger } from '#shared/chargers/update-charger.ts';
import { keys } from '#shared/db/keys.ts';
import { findLocalList } from '#shared/local-lists/local-list.ts';
import { call } from '#test/support/call.ts';
import { aToken } from '#test/support/listed-charger.ts';
import { MINUTE } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';
import { aListedCharger, answerSome, beginSync, reconnect } from '#test/support/syncing.ts';

describe('a list under way', () => {
  test('is joined by whoever asks for it again, and by no full one', async () => {
    const { ctx, charger } = await aListedCharger(1);
    await beginSync(ctx);
    await charger.answerAll();
    await aToken(ctx, 'NEWS');
    const id = await beginSync(ctx);
    expect(await beginSync(ctx)).toBe(id);
    const params = { charger_id: 'CP-1' };
    const full = await call(ctx, syncLocalAuthList, { params, body: { mode: 'full' } });
    expect(full).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const twice = await Promise.all([beginSync(ctx), beginSync(ctx)]);
    expect(twice).toEqual([id, id]);
  });

  test('that two ask for at once is begun once', async () => {
    const { ctx, charger } = await aListedCharger(1);
    const [a, b] = await Promise.all([beginSync(ctx), beginSync(ctx)]);
    expect(a).toBe(b);
    await charger.answerAll();
    expect(charger.said()).toEqual(['version?', 'Full 1 [1]']);
  });

  test('is compared again for what changes meanwhile', async () => {
    const { ctx, charger } = await aListedCharger(60);
    await beginSync(ctx);
    await answerSome(ctx, charger, 2);
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
    const { ctx, charger } = await aListedCharger(60);
    await beginSync(ctx);
    await charger.answerAll();
    await aToken(ctx, 'NEWS-1');
    await disconnected(ctx, 'CP-1', charger.peer.sender.connectionId);
    await beginSync(ctx);
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
  const { ctx, charger } = await aListedCharger(1);
  await settle(ctx);
  expect(await ctx.table.get(keys.listRefresh('demo'))).toBeUndefined();
  await beginSync(ctx);
  await charger.answerAll();
  await deleteCharger(ctx, 'CP-1');
  await aToken(ctx, 'NEWS');
  await settle(ctx);
  ctx.tick(MINUTE);
  await settle(ctx);
  expect(await findLocalList(ctx, 'CP-1')).toBeUndefined();
  expect((await ctx.table.query(keys.listedChargers('demo'))).items).toEqual([]);
});
