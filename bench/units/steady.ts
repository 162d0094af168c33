import { chargeFor, chargeOf } from '#bench/units/begin-charge.ts';
import { Charge201 } from '#bench/units/charge-201.ts';
import type { Ledger } from '#bench/units/ledger.ts';
import type { MeteredCharger, Said } from '#bench/units/metered-charger.ts';
import type { MeteredSite } from '#bench/units/site.ts';
import type { Reading } from '#shared/db/metered-table.ts';

const MINUTE_MS = 60_000;

/** What a charger costs that nothing happens to, with every row that was touched. */
export interface Steady {
  readonly heartbeat: Reading;
  /** An hour into a charge, five gauges. */
  readonly meterValue: Reading;
  /** All functions together that followed from it. */
  readonly followed: Ledger;
}

export async function steadyMessages(
  { world }: Pick<MeteredSite, 'world'>,
  charger: MeteredCharger,
): Promise<Steady> {
  const charge = chargeOf(world, charger, { tag: '04A2B3C4D5E6F7' });
  for (const step of charge.begin) await step.run();
  await chargeFor(world, charge, 60);
  await charger.say('Heartbeat', {});
  world.tick(5 * MINUTE_MS);
  const heartbeat = await charger.say('Heartbeat', {});
  world.tick(MINUTE_MS);
  const { ledger, result } = await world.measure(charge.minute().run);
  return { heartbeat: heartbeat.reading, meterValue: result.reading, followed: ledger };
}

/**
 * The same meter value of 2.0.1 after so many reports were lost: the one that opens the hole, and the
 * next, while it is open.
 */
export async function afterLosing(
  { world, dc201 }: MeteredSite,
  reports: number,
): Promise<readonly Reading[]> {
  const charge = new Charge201(world, dc201, { tag: '04A2B3C4D5E6F7' });
  for (const step of charge.begin) await step.run();
  await chargeFor(world, charge, 60);
  charge.lose(reports);
  const said: Said[] = [];
  for (const _ of ['opens it', 'finds it open']) {
    world.tick(MINUTE_MS);
    said.push(await charge.minute().run());
    await world.settle();
  }
  return said.map(({ reading }) => reading);
}
