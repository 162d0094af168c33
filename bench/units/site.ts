import * as z from 'zod';
import { type Charge, chargeOf } from '#bench/units/charge.ts';
import { MeteredCharger, type Version } from '#bench/units/metered-charger.ts';
import { MeteredWorld } from '#bench/units/metered-world.ts';
import { seedSiteTariff } from '#shared/tariffs/seed-site-tariff.ts';
import { seedVendor } from '#shared/vendors/seed-vendor.ts';

export const SITE = 'BLR-IND';
const MINUTE_MS = 60_000;

/** A site as they are: ten AC chargers, two DC ones, charges behind it. */
export interface MeteredSite {
  readonly world: MeteredWorld;
  /** Speaks 1.6, has one CCS2 connector. */
  readonly dc: MeteredCharger;
  /** The same in 2.0.1. */
  readonly dc201: MeteredCharger;
  /** AC chargers, which have had no part in any charge. */
  readonly spares: readonly [MeteredCharger, MeteredCharger, MeteredCharger];
}

/** Builds it through the platform's own front doors. `charges`: how many each DC charger has behind it. */
export async function buildSite({ charges = 12 } = {}): Promise<MeteredSite> {
  const world = await MeteredWorld.create();
  await post(world, 'createSite', { id: SITE, name: 'Indiranagar Mall, Bengaluru' });
  await seedSiteTariff(world.context(), SITE);
  await seedVendor(world.context(), SITE);
  const ac: MeteredCharger[] = [];
  for (let n = 1; n <= 10; n++)
    ac.push(await addCharger(world, `BLR-0${10 + n}`, '1.6', 'Type2', 22));
  const dc = await addCharger(world, 'BLR-031', '1.6', 'CCS2', 60);
  const dc201 = await addCharger(world, 'BLR-032', '2.0.1', 'CCS2', 60);
  await world.settle();
  for (let n = 0; n < charges; n++) {
    for (const charger of [dc, dc201]) await wholeCharge(world, charger, 5);
    world.tick(10 * MINUTE_MS);
    for (const charger of [dc, dc201]) await charger.connect();
  }
  const [first, second, third] = ac;
  if (!first || !second || !third) throw new Error('There are too few AC chargers');
  const site: MeteredSite = { world, dc, dc201, spares: [first, second, third] };
  await reconnect(site);
  return site;
}

/** New sockets: after two hours the platform takes an old one for lost. */
export async function reconnect({ world, dc, dc201, spares }: MeteredSite): Promise<void> {
  for (const charger of [dc, dc201, ...spares]) await charger.connect();
  await world.settle();
}

async function addCharger(
  world: MeteredWorld,
  id: string,
  version: Version,
  type: string,
  power_kw: number,
): Promise<MeteredCharger> {
  const evse = version === '2.0.1' ? { evse_id: 1, evse_connector_id: 1 } : {};
  await post(world, 'createCharger', {
    id,
    name: `Basement 2, bay ${id.slice(-2)}`,
    site_id: SITE,
    model: 'MX-60',
    vendor_name: 'Magma',
    serial_number: `MX-2026-${id}`,
    security_profile: 0,
    connectors: [{ id: 1, type, power_kw, format: 'cable', ...evse }],
    labels: ['basement'],
    metadata: { bay: 'B2-17' },
  });
  const charger = new MeteredCharger(world, id, version);
  await charger.connect();
  await charger.say('BootNotification', bootOf(version));
  await charger.say('StatusNotification', availableOf(version, world.now().toISOString()));
  return charger;
}

export const bootOf = (version: Version) =>
  version === '1.6'
    ? {
        chargePointVendor: 'Magma',
        chargePointModel: 'MX-60',
        chargePointSerialNumber: 'MX60-2026-00417',
        firmwareVersion: '4.2.1',
      }
    : {
        reason: 'PowerUp',
        chargingStation: {
          vendorName: 'Magma',
          model: 'MX-60',
          serialNumber: 'MX60-2026-00417',
          firmwareVersion: '4.2.1',
        },
      };

export const availableOf = (version: Version, timestamp: string) =>
  version === '1.6'
    ? { connectorId: 1, errorCode: 'NoError', status: 'Available', timestamp }
    : { evseId: 1, connectorId: 1, connectorStatus: 'Available', timestamp };

/** From plugging in to driving off, started by a tag. */
async function wholeCharge(world: MeteredWorld, charger: MeteredCharger, minutes: number) {
  const charge = await beginByTag(world, charger);
  await chargeFor(world, charge, minutes);
  for (const step of charge.end) await step.run();
  await world.settle();
}

export async function beginByTag(world: MeteredWorld, charger: MeteredCharger): Promise<Charge> {
  const charge = chargeOf(world, charger, { tag: '04A2B3C4D5E6F7' });
  for (const step of charge.begin) await step.run();
  await world.settle();
  return charge;
}

const Asked = z.object({
  idTag: z.string().optional(),
  idToken: z.object({ idToken: z.string() }).optional(),
  remoteStartId: z.int().optional(),
});

/** Asks over REST, as an app does; the charger says yes and begins. */
export async function beginByRest(world: MeteredWorld, charger: MeteredCharger): Promise<Charge> {
  await post(world, 'startSession', { charger_id: charger.id, connector: 1 });
  await world.settle();
  const { idTag, idToken, remoteStartId } = Asked.parse(await charger.accept());
  await world.settle();
  const charge = chargeOf(world, charger, {
    tag: idTag ?? idToken?.idToken ?? '',
    ...(remoteStartId === undefined ? {} : { remoteStartId }),
  });
  for (const step of charge.begin) await step.run();
  await world.settle();
  return charge;
}

export async function chargeFor(world: MeteredWorld, charge: Charge, minutes: number) {
  for (let n = 0; n < minutes; n++) {
    world.tick(MINUTE_MS);
    await charge.minute().run();
    await world.settle();
  }
}

export async function post(world: MeteredWorld, id: string, body: object) {
  const reply = await world.request(id, { body });
  if (reply.status >= 300) throw new Error(`${id} was answered ${reply.status}: ${reply.text}`);
  return reply.body;
}
