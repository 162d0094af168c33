import { describe, expect, test } from 'vitest';
import { keys } from '#shared/db/keys.ts';
import {
  anHour16 as aCharge,
  EIGHT_KWH,
  start16 as start,
  stop16 as stop,
} from '#test/support/charge-16.ts';
import { aPricedPeer, atMinute, MINUTE, sessionsOf, theSession } from '#test/support/ocpp-site.ts';

describe('a start', () => {
  // Gotcha 18: retried until it is answered.
  test('that is repeated gives the same session and transaction id', async () => {
    const { ctx, charger } = await aPricedPeer();
    const answers = [];
    for (const id of ['1', '1', '2']) {
      answers.push(await charger.call('StartTransaction', start(), id));
      ctx.tick(MINUTE);
    }
    expect(new Set(answers.map((a) => a['transactionId'])).size).toBe(1);
    expect((await theSession(ctx)).status).toBe('charging');
  });

  test('that is repeated at the same time by two Lambdas is one', async () => {
    const { ctx, charger } = await aPricedPeer();
    const [a, b] = await Promise.all([
      charger.say(JSON.stringify([2, 'a', 'StartTransaction', start()])),
      charger.say(JSON.stringify([2, 'b', 'StartTransaction', start()])),
    ]);
    expect(a.length + b.length).toBeGreaterThanOrEqual(2);
    expect((await theSession(ctx)).transaction_id).toMatch(/^\d+$/);
  });

  // Gotcha 18: and also after the end, when the answer to it was lost.
  test('that is repeated after the end begins nothing', async () => {
    const { ctx, charger, transactionId } = await aCharge();
    await charger.call('StopTransaction', stop(transactionId));
    expect(await charger.call('StartTransaction', start())).toMatchObject({ transactionId });
    expect(await theSession(ctx)).toMatchObject(EIGHT_KWH);
  });

  // Gotcha 19: positive, an int32, and never used again by this charger.
  test('gets a positive number that its charger never had', async () => {
    const { ctx, charger } = await aPricedPeer();
    const seen = new Set<unknown>();
    for (const n of [1, 2, 3]) {
      const report = start({ meterStart: n, connectorId: n });
      const { transactionId } = await charger.call('StartTransaction', report);
      expect(transactionId).toSatisfy((id) => Number.isInteger(id) && id > 0 && id < 2 ** 31);
      seen.add(transactionId);
      ctx.tick(MINUTE);
    }
    expect(seen.size).toBe(3);
  });

  // Gotcha 20: the charger may charge all the same.
  test.each([
    ['Blocked', { status: 'blocked' }],
    ['Expired', { valid_until: '2026-01-01T00:00:00Z' }],
    ['Invalid', undefined],
  ])('of a tag that is %s is answered so, numbered and recorded', async (status, token) => {
    const { ctx, charger } = await aPricedPeer();
    const refuse = { ...keys.organization('demo') };
    await ctx.table.write([
      { op: 'update', key: refuse, set: { accept_unknown_tokens: false } },
      ...(token
        ? [
            {
              op: 'put',
              item: { ...keys.token('demo', 'DRIVER'), uid: 'DRIVER', type: 'rfid', ...token },
            } as const,
          ]
        : []),
    ]);
    const answer = await charger.call('StartTransaction', start());
    expect(answer).toMatchObject({ transactionId: 1, idTagInfo: { status } });
    ctx.tick(60 * MINUTE);
    await charger.call('StopTransaction', stop(1, { reason: 'DeAuthorized' }));
    expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, stop_reason: 'deauthorized' });
  });

  // Gotcha 20.
  test.each([
    ['a tag longer than any', { idTag: 'x'.repeat(40) }, 'x'.repeat(40).slice(-4)],
    ['a register with a fraction', { meterStart: 1_000_000.4 }, 'IVER'],
    ['a register in a text', { meterStart: '1000000.0' }, 'IVER'],
    ['a field of its own', { transactionId: 99 }, 'IVER'],
    ['connector 0', { connectorId: 0 }, 'IVER'],
  ])('with %s is kept, and billed like any other', async (_what, odd, tail) => {
    const { ctx, charger } = await aPricedPeer();
    const { transactionId } = await charger.call('StartTransaction', start(odd));
    ctx.tick(60 * MINUTE);
    await charger.call('StopTransaction', stop(transactionId, { meterStop: 1_008_000.3 }));
    const session = await theSession(ctx);
    expect(session).toMatchObject(EIGHT_KWH);
    expect(session.token_uid_masked?.slice(-4)).toBe(tail);
  });

  // A charger that does not know that its last transaction never ended for us.
  test('on a connector whose session never ended takes it over, and both are billed', async () => {
    const { ctx, charger, transactionId } = await aCharge();
    const next = start({ meterStart: 1_008_000, timestamp: atMinute(60) });
    const second = await charger.call('StartTransaction', next);
    ctx.tick(60 * MINUTE);
    const end = { meterStop: 1_016_000, timestamp: atMinute(120) };
    await charger.call('StopTransaction', stop(second['transactionId'], end));
    await charger.call('StopTransaction', stop(transactionId));
    const [first, later] = await sessionsOf(ctx);
    expect([first, later]).toMatchObject([
      EIGHT_KWH,
      { ...EIGHT_KWH, flags: ['replaced_open_session'] },
    ]);
  });
});
