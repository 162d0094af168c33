import type { ChargerState } from '#simulator/charger-state.ts';
import { settingNumber, settingText, variableText } from '#simulator/settings.ts';
import type { SimulatorOptions, TlsOptions } from '#simulator/simulator-options.ts';
import { dialectOf } from '#simulator/step.ts';

/** Where and how to connect. */
export type Access = {
  url: string;
  subprotocols: readonly string[];
  password: Uint8Array | null;
  tls: TlsOptions;
};

/**
 * What the next attempt is made with, after so many failures in a row. Every other attempt that the
 * new password is refused falls back on the one before, lest a lost answer lock the charger out.
 */
export function accessOf(
  state: ChargerState,
  options: SimulatorOptions,
  { failures, refusals }: { failures: number; refusals: number },
): Access {
  const reader = { state, dialect: dialectOf(state) };
  const profile = settingNumber(reader, 'securityProfile');
  const { secureUrl, subprotocol } = options;
  const installed = profile >= 2 && secureUrl ? secureUrl : options.url;
  const offered = state.misbehave.subprotocols ?? [subprotocol ?? reader.dialect.subprotocol];
  return {
    url: state.spec.version === '1.6' ? installed : (networkUrl(state, failures) ?? installed),
    subprotocols: offered,
    password: refusals % 2 === 1 ? installedPassword(options) : passwordOf(state, options),
    tls: tlsOf(state, options),
  };
}

/** The password last set by the platform, else the one the charger was installed with. */
function passwordOf(state: ChargerState, options: SimulatorOptions): Uint8Array | null {
  const set = settingText({ state, dialect: dialectOf(state) }, 'password');
  if (!set) return installedPassword(options);
  const isBytes = state.spec.version === '1.6' && options.passwordForm !== 'hex_text';
  return Buffer.from(set, isBytes ? 'hex' : 'utf8');
}

function installedPassword({ password }: SimulatorOptions): Uint8Array | null {
  return typeof password === 'string' ? Buffer.from(password) : (password ?? null);
}

/** The address of the network profile in use; after enough failures, of the next in the list [2.0.1 B10]. */
function networkUrl(state: ChargerState, failures: number): string | null {
  const reader = { state, dialect: dialectOf(state) };
  const { networkProfiles } = state.store;
  if (networkProfiles.length === 0) return null;
  const active = variableText(reader, 'OCPPCommCtrlr.ActiveNetworkProfile');
  const priority = variableText(reader, 'OCPPCommCtrlr.NetworkConfigurationPriority').split(',');
  const attempts = Number(variableText(reader, 'OCPPCommCtrlr.NetworkProfileConnectionAttempts'));
  const slots = [...new Set([active, ...priority])];
  const slot = slots[Math.floor(failures / Math.max(1, attempts)) % slots.length];
  const url = networkProfiles.find((one) => String(one.slot) === slot)?.raw['ocppCsmsUrl'];
  return typeof url === 'string' ? url : null;
}

/** Roots that the platform installed are trusted too; what was signed for us goes before what was built in. */
function tlsOf({ store }: ChargerState, { tls = {} }: SimulatorOptions): TlsOptions {
  const roots = store.roots.filter(({ use }) => use === 'csms').map(({ pem }) => pem);
  const own = store.own.find(({ use }) => use === 'station');
  return {
    ...tls,
    ...(tls.ca || roots.length ? { ca: [...[tls.ca ?? []].flat(), ...roots] } : {}),
    ...(own ? { cert: own.chain, key: own.privateKey } : {}),
  };
}
