import type { Cell, Table } from '#bench/part.ts';
import type { Step } from '#bench/units/charge.ts';
import type { Ledger } from '#bench/units/ledger.ts';
import type { MeteredCharger } from '#bench/units/metered-charger.ts';
import type { MeteredWorld } from '#bench/units/metered-world.ts';

const COLUMNS = [
  'message',
  'reads',
  'writes',
  'after it: reads',
  'after it: writes',
  'said again: reads',
  'said again: writes',
  'log bytes',
];

/** What messages cost, one row each: said once, and then once more as it was. */
export class MessageRows {
  readonly world: MeteredWorld;
  readonly charger: MeteredCharger;
  readonly #rows: Cell[][];

  constructor(world: MeteredWorld, charger: MeteredCharger, rows: Cell[][] = []) {
    this.world = world;
    this.charger = charger;
    this.#rows = rows;
  }

  /** Goes on with a charger elsewhere. */
  at(world: MeteredWorld, charger: MeteredCharger): MessageRows {
    return new MessageRows(world, charger, this.#rows);
  }

  /** A call; `form` tells it from others of its action. */
  say(action: string, payload: object, form?: string): Promise<void> {
    return this.measure(named(action, form), () => this.charger.say(action, payload));
  }

  step({ action, run }: Step, form?: string): Promise<void> {
    return this.measure(named(action, form), run);
  }

  /** `again` says it once more; left out, the charger does that. */
  async measure(
    what: string,
    work: () => Promise<unknown>,
    again: () => Promise<unknown> = () => this.charger.repeat(),
  ): Promise<void> {
    const ledger = await this.#ledgerOf(work);
    const repeated = await this.#ledgerOf(again);
    const own = ledger.total(isOwn);
    const after = ledger.total((name) => !isOwn(name));
    const { reads, writes } = repeated.total();
    const bytes = ledger.traffic.loggedBytes;
    const costs = [own.reads, own.writes, after.reads, after.writes, reads, writes, bytes];
    this.#rows.push([what, ...costs]);
  }

  /** What was due before is none of its cost. */
  async #ledgerOf(work: () => Promise<unknown>): Promise<Ledger> {
    this.world.tick(1000);
    await this.world.settle();
    return (await this.world.measure(work)).ledger;
  }

  table(title: string): Table {
    return { title, columns: COLUMNS, rows: this.#rows };
  }
}

const named = (action: string, form: string | undefined) => (form ? `${action}, ${form}` : action);
const isOwn = (name: string) => name.startsWith('ocpp/');
