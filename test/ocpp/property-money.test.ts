import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listCdrs } from '#shared/cdrs/list-cdrs.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';
import { start16, stop16 } from '#test/support/charge-16.ts';
import { eventOf, hour201 } from '#test/support/charge-201.ts';
import type { TestContext } from '#test/support/context.ts';
import type { OcppPeer } from '#test/support/ocpp-peer.ts';
import { aPricedPeer, atMinute, MINUTE, NOON, sessionsOf } from '#test/support/ocpp-site.ts';
import { type Arrival, scrambled } from '#test/support/scrambled.ts';
import { settle } from '#test/support/settle.ts';

const SEED = 20_261_122;
/** Many charges in one test, perhaps beside other tests. */
const PATIENCE = { timeout: 60_000 };
/** Minutes: a socket that opened at noon ends after two hours. */
const LATEST = 50;

/** All that a driver and an operator see of a charge, but for when we heard of it. */
async function bill(ctx: TestContext) {
  const sessions = await sessionsOf(ctx);
  const { items: cdrs } = await listCdrs(ctx, {}, { limit: 10 });
  return {
    sessions: sessions.map((s) => ({
      status: s.status,
      energy: s.energy_kwh,
      lines: s.cost.lines,
      total: s.cost.total,
      idle: s.idle_minutes,
      from: s.charging_started_at,
      to: s.ended_at,
      meter: [s.meter_start_kwh, s.meter_stop_kwh],
      connector: s.connector,
      reason: s.stop_reason,
      token: [s.auth_method, s.token_uid_masked],
    })),
    cdrs: cdrs.map(({ number, energy_kwh, total }) => ({ number, energy_kwh, total })),
  };
}

/** Moves to a minute after noon, doing what falls due on the way. */
async function goTo(ctx: TestContext, minute: number): Promise<void> {
  const ms = Date.parse(NOON) + minute * MINUTE - ctx.now().getTime();
  if (ms > 0) ctx.tick(ms);
  await settle(ctx);
}

type Send = (charger: OcppPeer, n: number) => Promise<unknown>;

/** The charge as it arrives, and two days for everything that follows. */
async function charged(version: OcppVersion, arrivals: readonly Arrival[], send: Send) {
  const { ctx, charger } = await aPricedPeer({ version });
  const last = arrivals.at(-1)?.minute ?? 0;
  for (const { n, minute } of arrivals) {
    await goTo(ctx, minute);
    await replyToQuestions(ctx, charger, true);
    await send(charger, n);
  }
  for (const later of [1, 5, 60, 600, 2880]) {
    await goTo(ctx, last + later);
    await replyToQuestions(ctx, charger, false);
  }
  return bill(ctx);
}

/** A 2.x charger is asked whether it has more to say, and knows. */
async function replyToQuestions(ctx: TestContext, charger: OcppPeer, messagesInQueue: boolean) {
  const question = charger.asked().findLast(({ action }) => action === 'GetTransactionStatus');
  if (!question) return;
  await charger.reply(question, { messagesInQueue });
  await settle(ctx);
}

const isTaken = (frame: unknown, id: string) =>
  Array.isArray(frame) && frame[0] === 3 && frame[1] === id;

const inOrder = (minutes: readonly number[]) => minutes.map((minute, n) => ({ n, minute }));

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('a charge in %s', (version) => {
  // An hour: the car takes all it wants in 45 minutes, and idles for 15, of which 10 are free.
  const events = hour201.map((event) =>
    event.seq === 3 ? { ...event, state: 'SuspendedEV' } : event,
  );
  const minutes = events.map(({ minute = 0 }) => minute);
  const send: Send = (charger, n) => {
    const event = events[n];
    return event ? charger.call('TransactionEvent', eventOf(event)) : Promise.resolve();
  };

  test('costs the same, once, however its events arrive', PATIENCE, async () => {
    const whole = await charged(version, inOrder(minutes), send);
    // 6 kWh until then and 2 more, 8 x 16.00; 5 minutes of idling at 2.00; GST 18 % of 138.00 = 24.84.
    expect(whole.sessions).toMatchObject([
      { status: 'ended', energy: 8, total: { amount: '162.84' } },
    ]);
    expect(whole.cdrs).toHaveLength(1);
    await fc.assert(
      fc.asyncProperty(scrambled(minutes, LATEST), async (arrivals) => {
        expect(await charged(version, arrivals, send)).toEqual(whole);
      }),
      { numRuns: 20, seed: SEED, endOnFailure: true },
    );
  });

  test(
    'costs the same, once, when all of it comes afterwards, in any order',
    PATIENCE,
    async () => {
      const whole = await charged(version, inOrder(minutes), send);
      const orders = fc.shuffledSubarray([0, 1, 2, 3, 4, 1, 4], { minLength: 7 });
      await fc.assert(
        fc.asyncProperty(orders, async (order) => {
          const arrivals = order.map((n, at) => ({ n, minute: 61 + at }));
          expect(await charged(version, arrivals, send)).toEqual(whole);
        }),
        { numRuns: 15, seed: SEED, endOnFailure: true },
      );
    },
  );

  test('costs the same, once, when all of it comes at the same moment', PATIENCE, async () => {
    const whole = await charged(version, inOrder(minutes), send);
    const bursts = fc.shuffledSubarray([0, 1, 2, 3, 4, 0, 2, 3, 4], { minLength: 9 });
    await fc.assert(
      fc.asyncProperty(bursts, async (burst) => {
        const { ctx, charger } = await aPricedPeer({ version });
        await goTo(ctx, 61);
        const frames = burst.map((n, at) => {
          const event = events[n];
          return JSON.stringify([2, `${at}`, 'TransactionEvent', event ? eventOf(event) : {}]);
        });
        await Promise.all(frames.map((text) => charger.say(text)));
        // So many at once may drive each other out; a charger repeats what was not taken.
        for (const [at, text] of frames.entries())
          if (!ctx.sent.ocpp.some(({ json }) => isTaken(json, `${at}`))) await charger.say(text);
        for (const later of [62, 70, 2880]) {
          await goTo(ctx, later);
          await replyToQuestions(ctx, charger, false);
        }
        expect(await bill(ctx)).toEqual(whole);
      }),
      { numRuns: 10, seed: SEED, endOnFailure: true },
    );
  });
});

describe('a charge in 1.6', () => {
  const minutes = [0, 15, 30, 45, 60];

  /** What the charger knows of its transaction when it makes the message; -1 before the start is answered. */
  function sender(): Send {
    let transactionId: unknown = -1;
    return async (charger, n) => {
      if (n === 0) ({ transactionId } = await charger.call('StartTransaction', start16()));
      else if (n === 4) await charger.call('StopTransaction', stop16(transactionId));
      else {
        const sampledValue = [{ value: String(1_000_000 + n * 2000) }];
        const meterValue = [{ timestamp: atMinute(n * 15), sampledValue }];
        await charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
      }
    };
  }

  test('costs the same, once, however its messages arrive', PATIENCE, async () => {
    const whole = await charged('ocpp1.6', inOrder(minutes), sender());
    // 8 kWh at 16.00 = 128.00; GST 18 % = 23.04.
    expect(whole.sessions).toMatchObject([
      { status: 'ended', energy: 8, total: { amount: '151.04' } },
    ]);
    expect(whole.cdrs).toHaveLength(1);
    await fc.assert(
      fc.asyncProperty(scrambled(minutes, LATEST), async (arrivals) => {
        expect(await charged('ocpp1.6', arrivals, sender())).toEqual(whole);
      }),
      { numRuns: 30, seed: SEED, endOnFailure: true },
    );
  });
});
