import type { Cell, Table } from '#bench/part.ts';
import { sum } from '#bench/statistics.ts';
import { day } from '#bench/units/day.ts';
import type { Ledger } from '#bench/units/ledger.ts';
import { assumed, type Prices, regions } from '#bench/units/prices.ts';
import { steadyGb, storedBy } from '#bench/units/storage.ts';

const DAYS = 30;
const MILLION = 1e6;

interface Item {
  readonly what: string;
  readonly quantity: number;
  readonly unit: string;
  /** Of one unit. */
  readonly price: (region: Prices) => number;
}

/** What a charger costs in a month of such days, item by item. */
export function bill(title: string, ledger: Ledger): Table {
  const items = itemsOf(ledger);
  const rows = items.map(({ what, quantity, unit, price }): Cell[] => [
    what,
    quantity,
    unit,
    ...regions.map((region) => dollars(quantity * price(region))),
  ]);
  const totals = regions.map((region) =>
    dollars(sum(items.map(({ quantity, price }) => quantity * price(region)))),
  );
  return {
    title,
    columns: ['item', 'a month', 'unit', ...regions.map(({ region }) => `$ ${region}`)],
    rows: [...rows, ['together', '', '', ...totals]],
  };
}

const dollars = (amount: number) => Number(amount.toFixed(4));

function itemsOf(ledger: Ledger): Item[] {
  const { traffic } = ledger;
  const { calls, reads, writes } = ledger.total();
  const allCalls = calls + traffic.restRequests; // each request may ask the authorizer
  const lines = traffic.ocppFrames + traffic.liveFrames + traffic.restRequests;
  const logGb = (allCalls * assumed.logBytesPerCall + lines * assumed.logBytesPerGatewayLine) / 1e9;
  const gb = steadyGb(storedBy(ledger));
  const counted = (
    what: string,
    ofDay: number,
    unit: string,
    price: (region: Prices) => number,
  ) => ({
    what,
    quantity: ofDay * DAYS,
    unit,
    price: (region: Prices) => price(region) / MILLION,
  });
  return [
    counted('DynamoDB writes', writes, 'units', (p) => p.writeUnitsPerMillion),
    counted('DynamoDB reads', reads + traffic.restRequests, 'units', (p) => p.readUnitsPerMillion),
    { what: 'DynamoDB storage, in the end', quantity: gb, unit: 'GB', price: storagePrice },
    counted('charger frames', traffic.ocppFrames, 'messages', (p) => p.socketMessagesPerMillion),
    counted('charger connected', 1440, 'minutes', connectionMinute),
    counted('live frames', traffic.liveFrames, 'messages', (p) => p.socketMessagesPerMillion),
    counted('live client connected', watchedMinutes(ledger), 'minutes', connectionMinute),
    counted('REST requests', traffic.restRequests, 'requests', (p) => p.restRequestsPerMillion),
    counted('Lambda calls', allCalls, 'calls', (p) => p.callsPerMillion),
    {
      what: 'Lambda time',
      quantity: gbSeconds(ledger) * DAYS,
      unit: 'GB-s',
      price: (p) => p.gbSeconds,
    },
    counted('event bus', traffic.busEvents, 'events', (p) => p.busEventsPerMillion),
    counted(
      'queues',
      traffic.queueMessages * assumed.requestsPerQueueMessage,
      'requests',
      (p) => p.queueRequestsPerMillion,
    ),
    {
      what: 'edge requests',
      quantity: (traffic.restRequests + day.socketsOpened) * DAYS,
      unit: 'requests',
      price: (p) => p.edgeRequestsPerMillion / MILLION,
    },
    {
      what: 'raw messages, logged',
      quantity: (traffic.loggedBytes / 1e9) * DAYS,
      unit: 'GB',
      price: (p) => p.logsGb,
    },
    { what: 'logs', quantity: logGb * DAYS, unit: 'GB', price: (p) => p.logsGb },
  ];
}

const connectionMinute = (p: Prices) => p.connectionMinutesPerMillion;
const watchedMinutes = ({ entries }: Ledger) =>
  (entries.get('live/connect')?.calls ?? 0) * day.sessionMinutes;
const storagePrice = (p: Prices) => p.tableGbMonth + p.backupGbMonth;

const gbSeconds = ({ entries, traffic }: Ledger): number =>
  (traffic.logAppends * ((assumed.memoryMb['ocpp'] ?? 0) / 1024) * assumed.logAppendMs) / 1000 +
  sum(
    [...entries].map(([name, { calls }]) => {
      const [group = ''] = name.split('/');
      const memoryMb = assumed.memoryMb[group] ?? assumed.otherMemoryMb;
      const ms = assumed.billedMs[name] ?? assumed.otherBilledMs;
      return (calls * (memoryMb / 1024) * ms) / 1000;
    }),
  );

/** Who does what of it. */
export const byFunction = (title: string, { entries }: Ledger): Table => ({
  title,
  columns: ['function', 'calls', 'reads', 'writes'],
  rows: [...entries]
    .toSorted(([, a], [, b]) => b.writes - a.writes || b.calls - a.calls)
    .map(([name, { calls, reads, writes }]) => [name, calls * DAYS, reads * DAYS, writes * DAYS]),
});

export const storage = (title: string, ledger: Ledger): Table => ({
  title,
  columns: ['rows', 'a day', 'KB a day', 'kept days', 'MB in the end'],
  rows: storedBy(ledger)
    .toSorted((a, b) => b.bytesADay * b.days - a.bytesADay * a.days)
    .map(({ name, rowsADay, bytesADay, days }) => [
      name,
      rowsADay,
      Math.round(bytesADay / 1e3),
      days,
      Math.round((bytesADay * days) / 1e6),
    ]),
});
