/** Many light chargers in a process of their own, so that the driver's clock is not held up by them. */

import * as z from 'zod';
import { atOnce } from '#bench/load/at-once.ts';
import { clock } from '#bench/load/clock.ts';
import { Numbered, type Order } from '#bench/load/fleet-messages.ts';
import { type Asked, LightCharger } from '#bench/load/light-charger.ts';
import { percentile } from '#bench/statistics.ts';

/** Handshakes and introductions under way at a time. */
const AT_ONCE = 50;

const chargers: LightCharger[] = [];
let chargesWhenAsked = false;

const Started = z.object({ transactionId: z.int() });
const StartAsked = z.object({ idTag: z.string() });

const some = ({ from, count }: { from: number; count: number }) =>
  chargers.slice(from, from + count);

async function carryOut(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'connect':
      return connect(order);
    case 'begin':
      return atOnce(some(order), AT_ONCE, (charger) => begin(charger, 'BENCH'));
    case 'whenAsked':
      chargesWhenAsked = order.charge;
      return undefined;
    case 'hammer':
      return hammer(order);
    case 'meter':
      return meterOnce(order.from);
  }
}

async function connect({ url, from, count }: { url: string; from: number; count: number }) {
  const since = clock();
  const numbers = Array.from({ length: count }, (_, n) => from + n);
  await atOnce(numbers, AT_ONCE, async (n) => {
    const identity = `BENCH-${String(n).padStart(5, '0')}`;
    const charger = await LightCharger.open(url, identity, asked);
    await charger.introduce();
    chargers[n] = charger;
  });
  return { seconds: (clock() - since) / 1000 };
}

async function begin(charger: LightCharger, idTag: string): Promise<void> {
  const payload = {
    connectorId: 1,
    idTag,
    meterStart: charger.registerWh,
    timestamp: new Date().toISOString(),
  };
  const answer = await charger.call('StartTransaction', payload);
  charger.transactionId = Started.parse(answer).transactionId;
}

async function end(charger: LightCharger): Promise<void> {
  await charger.call('StopTransaction', {
    transactionId: charger.transactionId,
    meterStop: charger.registerWh,
    timestamp: new Date().toISOString(),
  });
  await charger.status('Available');
}

function asked({ identity, action, payload, at }: Asked): void {
  process.send?.({ asked: { identity, action, at } });
  const charger = chargers.find((one) => one.identity === identity);
  if (!chargesWhenAsked || !charger || action !== 'RemoteStartTransaction') return;
  begin(charger, StartAsked.parse(payload).idTag)
    .then(() => end(charger))
    .catch((error: unknown) => process.stderr.write(`${identity}: ${error}\n`));
}

/** A minute's worth of energy on, with the gauges of a DC charger. */
function meter(charger: LightCharger): Promise<unknown> {
  charger.registerWh += 900;
  return charger.call('MeterValues', {
    connectorId: 1,
    transactionId: charger.transactionId,
    meterValue: [
      {
        timestamp: new Date().toISOString(),
        sampledValue: [
          { value: String(charger.registerWh), measurand: 'Energy.Active.Import.Register' },
          { value: '54000', measurand: 'Power.Active.Import', unit: 'W' },
          { value: '135.5', measurand: 'Current.Import', unit: 'A' },
          { value: '398.2', measurand: 'Voltage', unit: 'V' },
          { value: '47', measurand: 'SoC', unit: 'Percent' },
        ],
      },
    ],
  });
}

async function meterOnce(n: number) {
  const charger = chargers[n];
  if (!charger) throw new Error(`There is no charger ${n}`);
  const sentAt = clock();
  await meter(charger);
  return { sentAt, registerWh: charger.registerWh };
}

async function hammer(order: Extract<Order, { do: 'hammer' }>) {
  const taken: number[] = [];
  const since = clock();
  const until = since + order.seconds * 1000;
  await Promise.all(
    some(order).map(async (charger) => {
      while (clock() < until) {
        const sent = clock();
        await (order.action === 'Heartbeat' ? charger.call('Heartbeat', {}) : meter(charger));
        taken.push(clock() - sent);
      }
    }),
  );
  return {
    calls: taken.length,
    seconds: (clock() - since) / 1000,
    p50: percentile(taken, 0.5),
    p99: percentile(taken, 0.99),
  };
}

process.on('message', (message) => {
  const { number, order } = Numbered.parse(message);
  carryOut(order).then(
    (result) => process.send?.({ number, result: result ?? null }),
    (error: unknown) => process.send?.({ number, failure: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
