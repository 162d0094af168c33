import { beginByTag, chargeFor, endCharge } from '#bench/units/begin-charge.ts';
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
  await world.post('createSite', { id: SITE, name: 'Indiranagar Mall, Bengaluru' });
  await seedSiteTariff(world.context(), SITE);
  await seedVendor(world.context(), SITE);
  const [first, second, third] = await addChargers(world, 'Type2', 22, [11, 12, 13]);
  await addChargers(world, 'Type2', 22, [14, 15, 16, 17, 18, 19, 20]);
  const [dc] = await addChargers(world, 'CCS2', 60, [31]);
  const [dc201] = await addChargers(world, 'CCS2', 60, [32], '2.0.1');
  if (!first || !second || !third || !dc || !dc201) throw new Error('Chargers are missing');
  const site: MeteredSite = { world, dc, dc201, spares: [first, second, third] };
  for (let n = 0; n < charges; n++) {
    await reconnect(site);
    for (const charger of [dc, dc201]) await wholeCharge(world, charger);
    world.tick(10 * MINUTE_MS);
  }
  await reconnect(site);
  return site;
}

/** New sockets: after two hours the platform takes an old one for lost. */
export async function reconnect({ world, dc, dc201, spares }: MeteredSite): Promise<void> {
  for (const charger of [dc, dc201, ...spares]) await charger.connect();
  await world.settle();
}

async function wholeCharge(world: MeteredWorld, charger: MeteredCharger): Promise<void> {
  const charge = await beginByTag(world, charger);
  await chargeFor(world, charge, 5);
  await endCharge(world, charge);
}

async function addChargers(
  world: MeteredWorld,
  type: string,
  powerKw: number,
  bays: readonly number[],
  version: Version = '1.6',
): Promise<MeteredCharger[]> {
  const chargers: MeteredCharger[] = [];
  for (const bay of bays) {
    await world.post('createCharger', newCharger(bay, type, powerKw, version));
    const charger = new MeteredCharger(world, idOf(bay), version);
    await charger.connect();
    await charger.say('BootNotification', bootOf(version));
    await charger.say('StatusNotification', availableOf(version, world.now().toISOString()));
    chargers.push(charger);
  }
  await world.settle();
  return chargers;
}

const idOf = (bay: number) => `BLR-0${bay}`;

const newCharger = (bay: number, type: string, power_kw: number, version: Version) => ({
  id: idOf(bay),
  name: `Basement 2, bay ${bay}`,
  site_id: SITE,
  model: 'MX-60',
  vendor_name: 'Magma',
  serial_number: `MX-2026-${bay}`,
  security_profile: 0,
  connectors: [
    {
      id: 1,
      type,
      power_kw,
      format: 'cable',
      ...(version === '2.0.1' ? { evse_id: 1, evse_connector_id: 1 } : {}),
    },
  ],
  labels: ['basement'],
  metadata: { bay: `B2-${bay}` },
});

export const bootOf = (version: Version, firmwareVersion = '4.2.1') =>
  version === '1.6'
    ? {
        chargePointVendor: 'Magma',
        chargePointModel: 'MX-60',
        chargePointSerialNumber: 'MX60-2026-00417',
        firmwareVersion,
      }
    : {
        reason: 'PowerUp',
        chargingStation: {
          vendorName: 'Magma',
          model: 'MX-60',
          serialNumber: 'MX60-2026-00417',
          firmwareVersion,
        },
      };

export const availableOf = (version: Version, timestamp: string) =>
  version === '1.6'
    ? { connectorId: 1, errorCode: 'NoError', status: 'Available', timestamp }
    : { evseId: 1, connectorId: 1, connectorStatus: 'Available', timestamp };
