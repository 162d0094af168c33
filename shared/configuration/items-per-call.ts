import type { Charger } from '#shared/chargers/charger.ts';
import { configuredNumber } from '#shared/configuration/configured-value.ts';
import type { Context } from '#shared/core/context.ts';

/** What fits into one call where the charger has not told: few take less. */
const UNTOLD = { read: 10, write: 5, set_monitors: 5, clear_monitors: 10 } as const;
export type Work = keyof typeof UNTOLD;

/** Who says in 2.0.1 how many go into a call. */
const LIMITS: Readonly<Record<Work, { readonly component: string; readonly instance: string }>> = {
  read: { component: 'DeviceDataCtrlr', instance: 'GetVariables' },
  write: { component: 'DeviceDataCtrlr', instance: 'SetVariables' },
  set_monitors: { component: 'MonitoringCtrlr', instance: 'SetVariableMonitoring' },
  clear_monitors: { component: 'MonitoringCtrlr', instance: 'ClearVariableMonitoring' },
};
const AT_MOST = 100;

/** How many items a charger takes in one call. A charger of OCPP 1.6 is set one key a call. */
export async function itemsPerCall(
  ctx: Context,
  { id, ocpp_version }: Charger,
  work: Work,
): Promise<number> {
  if (ocpp_version === '1.6' && work === 'write') return 1;
  const wanted =
    ocpp_version === '1.6'
      ? 'GetConfigurationMaxKeys'
      : { ...LIMITS[work], variable: 'ItemsPerMessage' };
  const told = await configuredNumber(ctx, id, wanted);
  return Math.min(Math.max(told || UNTOLD[work], 1), AT_MOST);
}
