import { describe, expect, test } from 'vitest';
import { listCdrs } from '#shared/cdrs/list-cdrs.ts';
import { disconnected } from '#shared/chargers/connectivity.ts';
import { EIGHT_KWH } from '#test/support/charge-16.ts';
import { hour201, tell } from '#test/support/charge-201.ts';
import type { TestContext } from '#test/support/context.ts';
import { aPeer, type OcppPeer } from '#test/support/ocpp-peer.ts';
import { aPricedPeer, MINUTE, theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

const SECOND = 1000;

/** The hour's charge but for its third event, all the rest of which has come. */
async function withHole() {
  const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
  ctx.tick(60 * MINUTE);
  for (const seq of [0, 1, 3, 4]) await tell(charger, hour201[seq] ?? { seq });
  await settle(ctx);
  return { ctx, charger };
}

const theMissing = (charger: OcppPeer) => tell(charger, hour201[2] ?? { seq: 2 });

async function pass(ctx: TestContext, ms: number) {
  ctx.tick(ms);
  await settle(ctx);
}

const questions = (charger: OcppPeer) =>
  charger.asked().filter(({ action }) => action === 'GetTransactionStatus');

async function answerWith(ctx: TestContext, charger: OcppPeer, payload: object) {
  await charger.reply(charger.lastAsked(), payload);
  await settle(ctx);
}

const cdrsOf = async (ctx: TestContext) => (await listCdrs(ctx, {}, { limit: 10 })).items;

describe('a transaction that ended with a report missing', () => {
  test('is not billed at once, and is asked about when the report has not come by itself', async () => {
    const { ctx, charger } = await withHole();
    expect(await cdrsOf(ctx)).toEqual([]);
    expect(questions(charger)).toEqual([]);
    await pass(ctx, 30 * SECOND);
    expect(questions(charger)).toMatchObject([{ payload: { transactionId: 'TX-1' } }]);
  });

  test('is billed whole when the report comes, and never asked about again', async () => {
    const { ctx, charger } = await withHole();
    await theMissing(charger);
    await settle(ctx);
    expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, flags: [] });
    expect(await cdrsOf(ctx)).toMatchObject([{ flags: [] }]);
    await pass(ctx, 24 * 60 * MINUTE);
    expect(questions(charger)).toEqual([]);
    expect(await cdrsOf(ctx)).toHaveLength(1);
  });

  // Gotcha 25: not ongoing is not finished.
  test('waits while the charger says that messages are queued', async () => {
    const { ctx, charger } = await withHole();
    await pass(ctx, 30 * SECOND);
    await answerWith(ctx, charger, { ongoingIndicator: false, messagesInQueue: true });
    expect(await cdrsOf(ctx)).toEqual([]);
    await pass(ctx, 2 * MINUTE);
    expect(questions(charger)).toHaveLength(2);
    await theMissing(charger);
    await answerWith(ctx, charger, { messagesInQueue: false });
    expect(await cdrsOf(ctx)).toMatchObject([{ flags: [] }]);
  });

  test.each([
    ['has nothing more to say', { ongoingIndicator: false, messagesInQueue: false }],
    ['knows nothing of it', { messagesInQueue: false }],
  ])('is billed as incomplete when the charger %s', async (_, answer) => {
    const { ctx, charger } = await withHole();
    await pass(ctx, 30 * SECOND);
    await answerWith(ctx, charger, answer);
    expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, flags: ['incomplete_data'] });
    expect(await cdrsOf(ctx)).toMatchObject([{ flags: ['incomplete_data'] }]);
    await theMissing(charger);
    await pass(ctx, 60 * MINUTE);
    expect(await cdrsOf(ctx)).toHaveLength(1);
  });

  test('is billed as incomplete when the charger does not know the question', async () => {
    const { ctx, charger } = await withHole();
    await pass(ctx, 30 * SECOND);
    const { id } = charger.lastAsked();
    await charger.say(JSON.stringify([4, id, 'NotImplemented', '', {}]));
    await settle(ctx);
    expect(await cdrsOf(ctx)).toMatchObject([{ flags: ['incomplete_data'] }]);
  });

  test('is asked about when the charger comes back within the hour', async () => {
    const { ctx, charger } = await withHole();
    await disconnected(ctx, 'CP-1', charger.sender.connectionId);
    await pass(ctx, 30 * SECOND);
    await pass(ctx, 20 * MINUTE);
    expect(questions(charger)).toEqual([]);
    const back = await aPeer(ctx, {
      id: 'CP-1',
      version: 'ocpp2.0.1',
      connectionId: 'socket-2',
      registered: true,
    });
    await settle(ctx);
    expect(questions(back)).toHaveLength(1);
    expect(await cdrsOf(ctx)).toEqual([]);
  });

  test('is billed as incomplete when the charger stays away', async () => {
    const { ctx, charger } = await withHole();
    await disconnected(ctx, 'CP-1', charger.sender.connectionId);
    await pass(ctx, 30 * SECOND);
    await pass(ctx, 61 * MINUTE);
    expect(await cdrsOf(ctx)).toMatchObject([{ flags: ['incomplete_data'] }]);
  });

  test('is billed within a day and a half of a charger that never stops promising', async () => {
    const { ctx, charger } = await withHole();
    const promise = { ongoingIndicator: true, messagesInQueue: true };
    for (let hour = 0; hour < 36 && (await cdrsOf(ctx)).length === 0; hour++) {
      await pass(ctx, 60 * MINUTE);
      if (questions(charger).length > 0) await answerWith(ctx, charger, promise);
    }
    expect(await cdrsOf(ctx)).toMatchObject([{ flags: ['incomplete_data'] }]);
  });
});

// 8 kWh at 16.00 are 128.00; 30 minutes idle less 10 of grace at 2.00 are 40.00; 168.00 with 18 % tax: 198.24.
describe('a pause that is told late', () => {
  const charge = [
    hour201[0] ?? { seq: 0 },
    { seq: 1, minute: 10, wh: 1_001_000, state: 'SuspendedEV' },
    { seq: 2, minute: 40, wh: 1_001_000, state: 'Charging' },
    { seq: 3, minute: 50, wh: 1_004_000, state: 'Charging' },
    { ...hour201[4], seq: 4 },
  ];

  test.each([
    [[0, 1, 2, 3, 4]],
    [[0, 2, 1, 3, 4]],
    [[0, 2, 3, 1, 4]],
    [[0, 3, 2, 1, 4]],
    [[0, 3, 4, 2, 1]],
    [[0, 2, 3, 4, 1]],
    [[0, 4, 3, 1, 2]],
  ])('is billed the same, told as %j', async (order) => {
    const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
    ctx.tick(60 * MINUTE);
    for (const seq of order) await tell(charger, charge[seq] ?? { seq });
    await settle(ctx);
    expect(await theSession(ctx)).toMatchObject({ status: 'ended', energy_kwh: 8, flags: [] });
    const [cdr, another] = await cdrsOf(ctx);
    expect(cdr).toMatchObject({ total: { amount: '198.24' }, flags: [] });
    expect(another).toBeUndefined();
  });
});
