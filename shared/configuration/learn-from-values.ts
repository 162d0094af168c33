import type { Capability } from '#shared/chargers/capabilities.ts';
import { learnAbilities } from '#shared/chargers/learn-abilities.ts';
import { sameName, type Told } from '#shared/configuration/variable.ts';
import type { Context } from '#shared/core/context.ts';
import { hasCode } from '#shared/core/errors.ts';

/** The feature profiles of OCPP 1.6 §9.1, without spaces and case. */
const PROFILES: Readonly<Record<string, readonly Capability[]>> = {
  firmwaremanagement: ['firmware', 'diagnostics'],
  localauthlistmanagement: ['local_list'],
  reservation: ['reservation'],
  smartcharging: ['smart_charging'],
  remotetrigger: ['remote_trigger'],
};

/** What 2.0.1 controllers that say they are `Available` are for. One that does not say is not judged. */
const CONTROLLERS: Readonly<Record<string, readonly Capability[]>> = {
  monitoringctrlr: ['monitors'],
  displaymessagectrlr: ['display'],
  smartchargingctrlr: ['smart_charging', 'charging_profile_report'],
  reservationctrlr: ['reservation'],
  localauthlistctrlr: ['local_list'],
  iso15118ctrlr: ['plug_and_charge'],
};

type Abilities = Partial<Record<Capability, boolean>>;

/** Keeps what a charger's configuration tells of its capabilities. */
export async function learnFromValues(
  ctx: Context,
  chargerId: string,
  told: readonly Told[],
): Promise<void> {
  const learned = Object.assign({}, ...told.map(abilitiesIn));
  if (Object.keys(learned).length === 0) return;
  try {
    await learnAbilities(ctx, chargerId, learned);
  } catch (error) {
    // A charger that was retired meanwhile has nothing to learn of.
    if (!hasCode(error, 'not_found')) throw error;
  }
}

function abilitiesIn({ name, component, instance, facts }: Told): Abilities {
  const { value } = facts;
  if (value === undefined) return {};
  if (component === null) return abilitiesIn16(sameName(name), value);
  if (sameName(name) !== 'available') return {};
  const controller = sameName(component);
  const isCost = controller === 'tariffcostctrlr' && sameName(instance) === 'cost';
  const capabilities = isCost ? ['cost_updates' as const] : (CONTROLLERS[controller] ?? []);
  const can = readBoolean(value);
  return can === undefined ? {} : Object.fromEntries(capabilities.map((name) => [name, can]));
}

function abilitiesIn16(key: string, value: string): Abilities {
  if (key === 'supportedfeatureprofiles') return profilesIn(value);
  const can = key === 'iso15118pncenabled' ? readBoolean(value) : undefined;
  return can === undefined ? {} : { plug_and_charge: can };
}

/** A list without Core, which every charger has, is none: nothing is learned from it. */
function profilesIn(value: string): Abilities {
  const listed = value.split(',').map((name) => name.replaceAll(/\s/g, '').toLowerCase());
  if (!listed.includes('core')) return {};
  return Object.fromEntries(
    Object.entries(PROFILES).flatMap(([profile, capabilities]) =>
      capabilities.map((name) => [name, listed.includes(profile)]),
    ),
  );
}

function readBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : undefined;
}
