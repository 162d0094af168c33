import { describe, expect, test } from 'vitest';
import { disconnected } from '#shared/chargers/connectivity.ts';
import { findLocalList } from '#shared/local-lists/local-list.ts';
import { settle } from '#test/support/settle.ts';
import {
  aListedCharger,
  answerSome,
  beginSync,
  commandOf,
  reconnect,
} from '#test/support/syncing.ts';

const ANSWER_MS = 31_000;

describe('a message about the list', () => {
  test('that was taken, and whose answer was lost, is not sent again', async () => {
    const { ctx, charger } = await aListedCharger(120);
    const id = await beginSync(ctx);
    await answerSome(ctx, charger, 2);
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
    const { ctx, charger } = await aListedCharger(60);
    await beginSync(ctx);
    await answerSome(ctx, charger, 2);
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
    const { ctx, charger } = await aListedCharger(60);
    await beginSync(ctx);
    await answerSome(ctx, charger, 2);
    charger.ignore();
    charger.forget();
    ctx.tick(ANSWER_MS);
    await charger.answerAll();
    expect(charger.said().slice(3)).toEqual(['version?', 'Full 3 [50]', 'Differential 4 [10]']);
    expect(charger.uids).toHaveLength(60);
  });

  test('that is answered twice counts once', async () => {
    const { ctx, charger } = await aListedCharger(120);
    await beginSync(ctx);
    await answerSome(ctx, charger, 1);
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
    const { ctx, charger } = await aListedCharger(1);
    const id = await beginSync(ctx);
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
    const { ctx, charger } = await aListedCharger(160);
    const id = await beginSync(ctx);
    await answerSome(ctx, charger, 3);
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
    const { ctx, charger } = await aListedCharger(60);
    const id = await beginSync(ctx, { expires_in_seconds: 600 });
    await answerSome(ctx, charger, 2);
    charger.ignore();
    await reconnect(ctx, charger, 120);
    expect(await commandOf(ctx, id)).toMatchObject({ status: 'expired' });
    await charger.answerAll();
    expect(charger.said().slice(3)).toEqual(['version?', 'Full 3 [50]', 'Differential 4 [10]']);
    expect(charger.uids).toHaveLength(60);
  });

  test('that never comes for the first call ends expired', async () => {
    const { ctx, charger } = await aListedCharger(1);
    await disconnected(ctx, 'CP-1', charger.peer.sender.connectionId);
    const id = await beginSync(ctx, { expires_in_seconds: 60 });
    expect(await commandOf(ctx, id)).toMatchObject({ status: 'queued' });
    ctx.tick(61_000);
    await settle(ctx);
    expect(await commandOf(ctx, id)).toMatchObject({ status: 'expired' });
  });
});
