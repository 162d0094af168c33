import * as z from 'zod';
import type { Charger } from '#shared/chargers/charger.ts';
import { AppError } from '#shared/core/errors.ts';

const Known = z.boolean();

/** What chargers can do or not, apart from charging. */
export const Capabilities = z
  .object({
    remote_start: Known.meta({ description: 'Sessions can be started and stopped over the API.' }),
    remote_trigger: Known.meta({ description: 'It can be asked for a message now.' }),
    security_trigger: Known.meta({ description: 'It can be asked for a signing request.' }),
    reservation: Known.meta({ description: 'It keeps a connector for somebody by itself.' }),
    local_list: Known.meta({ description: 'It keeps a list of tokens for when it is offline.' }),
    smart_charging: Known.meta({ description: 'It follows charging profiles.' }),
    charging_profile_report: Known.meta({ description: 'It tells the profiles it has.' }),
    firmware: Known.meta({ description: 'Its firmware can be updated.' }),
    signed_firmware: Known.meta({ description: 'It checks the signature of firmware.' }),
    diagnostics: Known.meta({ description: 'It uploads diagnostics.' }),
    security_log: Known.meta({ description: 'It uploads its security log.' }),
    certificates: Known.meta({ description: 'Certificates can be installed and renewed.' }),
    plug_and_charge: Known.meta({ description: 'It authorises cars by their contract.' }),
    device_model: Known.meta({ description: 'It reports components and variables.' }),
    monitors: Known.meta({ description: 'It watches variables and tells when they go wrong.' }),
    display: Known.meta({ description: 'Messages can be shown on its screen.' }),
    customer_information: Known.meta({
      description: 'It tells and erases what it keeps of people.',
    }),
    network_profile: Known.meta({ description: 'It can be told another platform to connect to.' }),
    cost_updates: Known.meta({ description: 'It shows the running cost of a session.' }),
    transaction_status: Known.meta({ description: 'It tells whether a transaction goes on.' }),
    evse_reset: Known.meta({ description: 'An EVSE can be restarted by itself.' }),
  })
  .meta({
    id: 'Capabilities',
    description: 'Which calls this charger can honour, as far as is known.',
  });
export type Capabilities = z.infer<typeof Capabilities>;
export type Capability = keyof Capabilities;

/** What no charger of OCPP 1.6 can say. */
const NOT_IN_16: readonly Capability[] = [
  'charging_profile_report',
  'device_model',
  'monitors',
  'display',
  'customer_information',
  'network_profile',
  'cost_updates',
  'transaction_status',
  'evse_reset',
];
/** What a charger has only if it says so. */
const SELDOM: readonly Capability[] = ['plug_and_charge', 'cost_updates'];

/**
 * What a charger can do: what its OCPP version has words for, less what it said or showed to lack. A
 * charger that has never connected can do nothing yet.
 */
export function capabilitiesOf({
  ocpp_version: version,
  abilities,
}: Pick<Charger, 'ocpp_version' | 'abilities'>): Capabilities {
  const can = (name: Capability) =>
    version !== null &&
    !(version === '1.6' && NOT_IN_16.includes(name)) &&
    (abilities[name] ?? !SELDOM.includes(name));
  const able = { ...NONE };
  for (const name of NAMES) able[name] = can(name);
  return able;
}

const NAMES = Capabilities.keyof().options;
const NONE = Capabilities.parse(Object.fromEntries(NAMES.map((name) => [name, false])));

/** Throws capability_not_supported, naming what the charger lacks. */
export function requireCapability(charger: Charger, name: Capability): void {
  if (capabilitiesOf(charger)[name]) return;
  throw lacking(charger, name);
}

export const lacking = (
  { id, ocpp_version: version }: Pick<Charger, 'id' | 'ocpp_version'>,
  name: Capability,
): AppError =>
  new AppError(
    'capability_not_supported',
    `${id} (OCPP ${version ?? 'unknown'}) lacks the capability ${name}.`,
  );
