import type { Table } from '#bench/part.ts';
import { aTag, beginByTag, chargeFor, chargeOf } from '#bench/units/begin-charge.ts';
import type { Step } from '#bench/units/charge.ts';
import type { Ledger } from '#bench/units/ledger.ts';
import type { MeteredCharger } from '#bench/units/metered-charger.ts';
import type { MeteredWorld } from '#bench/units/metered-world.ts';
import { availableOf, bootOf, type MeteredSite, reconnect } from '#bench/units/site.ts';

const MINUTE_MS = 60_000;

/** What each message of a charger costs, and what follows from it: one charge an hour long, and idle messages. */
export async function ocppUnits(site: MeteredSite): Promise<Table[]> {
  const first = await tableOf('OCPP 1.6, per message', site.world, site.dc);
  await reconnect(site);
  return [first, await tableOf('OCPP 2.0.1, per message', site.world, site.dc201)];
}

async function tableOf(
  title: string,
  world: MeteredWorld,
  charger: MeteredCharger,
): Promise<Table> {
  const rows: (readonly (string | number)[])[] = [];
  const measure = async (what: string, work: () => Promise<unknown>) => {
    world.tick(1000);
    const { ledger } = await world.measure(work);
    rows.push(rowOf(what, ledger));
  };
  const say = (what: string, action: string, payload: object) =>
    measure(what, () => charger.say(action, payload));
  const steps = async (all: readonly Step[]) => {
    for (const { action, run } of all) await measure(action, run);
  };
  const now = () => world.now().toISOString();
  await measure('a new socket (3 calls)', () => charger.connect());
  await say('BootNotification', 'BootNotification', bootOf(charger.version));
  await say(
    'StatusNotification, no news',
    'StatusNotification',
    availableOf(charger.version, now()),
  );
  await say('Heartbeat', 'Heartbeat', {});
  world.tick(31 * MINUTE_MS);
  await say('Heartbeat, half an hour after the last sign of life', 'Heartbeat', {});
  await say('Authorize', 'Authorize', tagOf(charger));
  const charge = chargeOf(world, charger, { tag: aTag });
  await steps(charge.begin);
  await chargeFor(world, charge, 60);
  world.tick(MINUTE_MS);
  const lastMinute = charge.minute();
  await measure(`${lastMinute.action}, five gauges, an hour in`, lastMinute.run);
  await steps(charge.end);
  return { title, columns: COLUMNS, rows };
}

const COLUMNS = ['message', 'reads', 'writes', 'after it: reads', 'after it: writes'];

function rowOf(what: string, ledger: Ledger) {
  const isOwn = (name: string) => name.startsWith('ocpp/');
  const own = ledger.total(isOwn);
  const after = ledger.total((name) => !isOwn(name));
  return [what, own.reads, own.writes, after.reads, after.writes];
}

const tagOf = ({ version }: MeteredCharger) =>
  version === '1.6' ? { idTag: aTag } : { idToken: { idToken: aTag, type: 'ISO14443' } };

/** One heartbeat in steady state and one meter value of a charge an hour in, with every row they touched. */
export async function steadyMessages({ world, dc }: MeteredSite) {
  const charge = await beginByTag(world, dc);
  await chargeFor(world, charge, 60);
  await dc.say('Heartbeat', {});
  world.tick(5 * MINUTE_MS);
  const heartbeat = await dc.say('Heartbeat', {});
  world.tick(MINUTE_MS);
  const meterValues = await charge.minute().run();
  return { heartbeat: heartbeat.reading, meterValues: meterValues.reading };
}
