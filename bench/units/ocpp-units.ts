import type { Table } from '#bench/part.ts';
import { aTag, chargeFor, chargeOf, shown } from '#bench/units/begin-charge.ts';
import { MessageRows } from '#bench/units/message-rows.ts';
import { otherMessages16 } from '#bench/units/messages-16.ts';
import { otherMessages201 } from '#bench/units/messages-201.ts';
import type { MeteredCharger } from '#bench/units/metered-charger.ts';
import { availableOf, bootOf, buildSite, type MeteredSite, reconnect } from '#bench/units/site.ts';

const MINUTE_MS = 60_000;
const KNOWN_TAG = '04B7C8D9E0F1A2';

/**
 * What each message that a charger can send costs, and what follows from it: one charge an hour long,
 * idle messages, and all the others in their usual form.
 */
export async function ocppUnits(site: MeteredSite): Promise<Table[]> {
  await site.world.post('createToken', { uid: KNOWN_TAG });
  await site.world.settle();
  const first = await chargeRows(site, site.dc);
  await reconnect(site);
  const second = await chargeRows(site, site.dc201);
  // The others leave much behind: they are said at a site of their own.
  const other = await buildSite({ charges: 1 });
  await otherMessages16(first.at(other.world, other.dc), other);
  await reconnect(other);
  await otherMessages201(second.at(other.world, other.dc201), other);
  return [first.table('OCPP 1.6, per message'), second.table('OCPP 2.0.1, per message')];
}

async function chargeRows({ world }: MeteredSite, charger: MeteredCharger): Promise<MessageRows> {
  const rows = new MessageRows(world, charger);
  const { version } = charger;
  const connect = () => charger.connect();
  await rows.measure('a new socket (3 calls)', connect, connect);
  await rows.say('BootNotification', bootOf(version));
  const available = availableOf(version, world.now().toISOString());
  await rows.say('StatusNotification', available, 'no news');
  await rows.say('Heartbeat', {});
  world.tick(31 * MINUTE_MS);
  await rows.say('Heartbeat', {}, 'half an hour after the last sign of life');
  await authorizations(rows);
  const charge = chargeOf(world, charger, { tag: aTag });
  for (const step of charge.begin) await rows.step(step);
  await chargeFor(world, charge, 60);
  world.tick(MINUTE_MS);
  await rows.step(charge.minute(), 'five gauges, an hour in');
  for (const step of charge.end) await rows.step(step);
  return rows;
}

/** The sandbox lets in a token that nobody has registered, which has the longest way to a yes. */
async function authorizations(rows: MessageRows): Promise<void> {
  const { charger } = rows;
  await rows.say('Authorize', shown(charger, aTag), 'a token nobody registered');
  await rows.say('Authorize', shown(charger, KNOWN_TAG), 'a registered token');
  await rows.say('Authorize', shown(charger, KNOWN_TAG), 'the same within the hour');
}
