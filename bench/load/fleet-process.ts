/** Many light chargers in a process of their own, so that the driver's clock is not held up by them. */

import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { atOnce } from '#bench/load/at-once.ts';
import { clock } from '#bench/load/clock.ts';
import { dialect16, dialect201 } from '#bench/load/dialect.ts';
import { Numbered, type Order } from '#bench/load/fleet-messages.ts';
import { type Asked, LightCharger } from '#bench/load/light-charger.ts';
import { storm } from '#bench/load/storm.ts';
import { Timings } from '#bench/load/timings.ts';

/** Handshakes and introductions under way at a time. */
const AT_ONCE = 50;
const READINGS = 5;

const chargers: LightCharger[] = [];
let chargesWhenAsked = false;

const StartAsked = z.object({ idTag: z.string() });

const some = ({ from, count }: { from: number; count: number }) =>
  chargers.slice(from, from + count);

async function carryOut(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'connect':
      return connect(order);
    case 'begin':
      return atOnce(some(order), AT_ONCE, (charger) => charger.begin('BENCH'));
    case 'whenAsked':
      chargesWhenAsked = order.charge;
      return undefined;
    case 'hammer':
      return hammer(order);
    case 'charge':
      return charge(order);
    case 'storm':
      return storm(some(order), order.seconds);
    case 'pace':
      return pace(order);
    case 'statusEach':
      return Promise.all(some(order).map((charger) => charger.dialect.status(charger, true)));
    case 'meter':
      return meterOnce(order.from);
  }
}

type Connect = Extract<Order, { do: 'connect' }>;

async function connect({ url, from, count, version }: Connect) {
  const since = clock();
  const dialect = version === '1.6' ? dialect16 : dialect201;
  const numbers = Array.from({ length: count }, (_, n) => from + n);
  await atOnce(numbers, AT_ONCE, async (n) => {
    const identity = `BENCH-${String(n).padStart(5, '0')}`;
    const charger = new LightCharger(url, identity, dialect, asked);
    await charger.open();
    await charger.introduce();
    chargers[n] = charger;
  });
  return { seconds: (clock() - since) / 1000 };
}

function asked({ identity, action, payload, at }: Asked): void {
  process.send?.({ asked: { identity, action, at } });
  const charger = chargers.find((one) => one.identity === identity);
  if (!chargesWhenAsked || !charger || action !== 'RemoteStartTransaction') return;
  charger
    .begin(StartAsked.parse(payload).idTag)
    .then(() => charger.end())
    .then(() => charger.dialect.status(charger, false))
    .catch((error: unknown) => process.stderr.write(`${identity}: ${error}\n`));
}

async function meterOnce(n: number) {
  const charger = chargers[n];
  if (!charger) throw new Error(`There is no charger ${n}`);
  const sentAt = clock();
  await charger.meter();
  return { sentAt, registerWh: charger.registerWh };
}

async function hammer({ action, seconds, ...range }: Extract<Order, { do: 'hammer' }>) {
  const timings = new Timings();
  const since = clock();
  const until = since + seconds * 1000;
  await Promise.all(
    some(range).map(async (charger) => {
      const call = () => (action === 'Heartbeat' ? charger.call(action, {}) : charger.meter());
      while (clock() < until) await timings.time(action, call);
    }),
  );
  return { ...timings.of(action), seconds: (clock() - since) / 1000 };
}

async function pace({ action, perSecond, seconds, ...range }: Extract<Order, { do: 'pace' }>) {
  const timings = new Timings();
  const turns = some(range);
  const since = clock();
  const calls: Promise<unknown>[] = [];
  const total = Math.floor((perSecond * seconds) / turns.length) * turns.length;
  for (let n = 0; n < total; n++) {
    await sleep(Math.max(0, since + (n * 1000) / perSecond - clock()));
    const charger = turns[n % turns.length];
    const occupied = Math.floor(n / turns.length) % 2 === 0;
    if (!charger) continue;
    const call = () =>
      action === 'MeterValues' ? charger.meter() : charger.dialect.status(charger, occupied);
    calls.push(timings.time(action, call));
  }
  await Promise.all(calls);
  return { ...timings.of(action), seconds: (clock() - since) / 1000 };
}

/** Whole charges, one after the other; those under way when the time is up are brought to their end. */
async function charge({ seconds, ...range }: Extract<Order, { do: 'charge' }>) {
  const timings = new Timings();
  const since = clock();
  const until = since + seconds * 1000;
  await Promise.all(
    some(range).map(async (charger) => {
      const { dialect } = charger;
      while (clock() < until) {
        await timings.time('status', () => dialect.status(charger, true));
        await timings.time('authorize', () => dialect.authorize(charger));
        await timings.time('start', () => charger.begin('BENCH'));
        for (let n = 0; n < READINGS; n++) await timings.time('meter', () => charger.meter());
        await timings.time('heartbeat', () => charger.call('Heartbeat', {}));
        await timings.time('stop', () => charger.end());
        await timings.time('status', () => dialect.status(charger, false));
      }
    }),
  );
  return { seconds: (clock() - since) / 1000, actions: timings.all() };
}

process.on('message', (message) => {
  const { number, order } = Numbered.parse(message);
  carryOut(order).then(
    (result) => process.send?.({ number, result: result ?? null }),
    (error: unknown) => process.send?.({ number, failure: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
