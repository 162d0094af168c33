import type { Reading } from '#shared/db/metered-table.ts';

/** What one function did over a stretch of work. */
export interface Entry {
  readonly calls: number;
  readonly reads: number;
  readonly writes: number;
}

/** What else is billed by the piece. */
export type Traffic =
  | 'restRequests'
  | 'ocppFrames'
  | 'liveFrames'
  | 'busEvents'
  | 'queueMessages'
  | 'logAppends'
  | 'loggedBytes';

const nothing: Entry = { calls: 0, reads: 0, writes: 0 };

/** Who did how much, by the name of the function: `ocpp/message`, `stream/relay-events`. */
export class Ledger {
  readonly entries = new Map<string, Entry>();
  /** The rows that were written and are still there, with their bytes. */
  readonly rows = new Map<string, number>();
  readonly traffic: Record<Traffic, number> = {
    restRequests: 0,
    ocppFrames: 0,
    liveFrames: 0,
    busEvents: 0,
    queueMessages: 0,
    logAppends: 0,
    loggedBytes: 0,
  };

  add(name: string, { reads, writes, items }: Reading): void {
    this.#raise(name, { calls: 1, reads, writes });
    for (const { op, pk, sk, bytes } of items) {
      if (op === 'put' || op === 'update') this.rows.set(`${pk}|${sk}`, bytes);
      if (op === 'delete') this.rows.delete(`${pk}|${sk}`);
    }
  }

  count(kind: Traffic, times = 1): void {
    this.traffic[kind] += times;
  }

  /** All functions together, or those that `which` picks. */
  total(which: (name: string) => boolean = () => true): Entry {
    return [...this.entries].reduce(
      (sum, [name, entry]) => (which(name) ? plus(sum, entry) : sum),
      nothing,
    );
  }

  #raise(name: string, by: Entry): void {
    this.entries.set(name, plus(this.entries.get(name) ?? nothing, by));
  }
}

const plus = (a: Entry, b: Entry): Entry => ({
  calls: a.calls + b.calls,
  reads: a.reads + b.reads,
  writes: a.writes + b.writes,
});
