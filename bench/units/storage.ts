import { sum } from '#bench/statistics.ts';
import type { Ledger } from '#bench/units/ledger.ts';

/** Days per row are those of a live organization; what is kept for ever is counted for 13 months. */
const THIRTEEN_MONTHS = 396;
/** DynamoDB's own, per row and per index entry. */
const OVERHEAD_BYTES = 100;

interface Kind {
  readonly name: string;
  readonly rows: RegExp;
  readonly days: number;
  /** The row and its index entries, which hold all of it. */
  readonly copies: number;
}
const kinds: readonly Kind[] = [
  { name: 'event log', rows: /#EVT#/, days: 90, copies: 2 },
  { name: 'outbox', rows: /#OUT#/, days: 7, copies: 1 },
  { name: 'webhook deliveries', rows: /#DELIVERIES#/, days: 30, copies: 1 },
  { name: 'meter values', rows: /\|MV#/, days: THIRTEEN_MONTHS, copies: 1 },
  { name: 'commands', rows: /#CMD#/, days: 90, copies: 2 },
  { name: 'sessions', rows: /\|SESSION$/, days: THIRTEEN_MONTHS, copies: 3 },
  { name: 'CDRs', rows: /#CDR#/, days: THIRTEEN_MONTHS, copies: 3 },
  { name: 'the rest of sessions', rows: /#SES#/, days: THIRTEEN_MONTHS, copies: 1 },
];

export interface Stored {
  readonly name: string;
  readonly rowsADay: number;
  readonly bytesADay: number;
  readonly days: number;
}

/** What a day leaves in the table, by kind. */
export function storedBy({ rows }: Ledger): Stored[] {
  const found = Map.groupBy(rows, ([key]) => kinds.find((kind) => kind.rows.test(key)));
  return [...found].flatMap(([kind, entries]) => {
    if (!kind) return [];
    const { name, days, copies } = kind;
    const bytes = sum(entries.map(([, size]) => (size + OVERHEAD_BYTES) * copies));
    return [{ name, rowsADay: entries.length, bytesADay: bytes, days }];
  });
}

/** Gigabytes in the end, when as much expires as is added. */
export const steadyGb = (stored: readonly Stored[]): number =>
  sum(stored.map(({ bytesADay, days }) => bytesADay * days)) / 1e9;
