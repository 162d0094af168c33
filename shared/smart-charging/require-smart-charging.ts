import { requireCapability } from '#shared/chargers/capabilities.ts';
import type { Charger } from '#shared/chargers/charger.ts';
import { getWholeCharger, type WholeCharger } from '#shared/chargers/charger-view.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';

/** The charger, if it follows profiles. Throws not_found, charger_not_registered, capability_not_supported. */
export async function requireSmartCharging(ctx: Context, chargerId: string): Promise<WholeCharger> {
  const whole = await getWholeCharger(ctx, chargerId);
  const charger = speaking(whole);
  requireCapability(charger, 'smart_charging');
  return { ...whole, charger };
}

/** What it speaks now counts: it may not have booted yet, or speak another version since its boot. */
export function speaking({ charger, connection }: WholeCharger): Charger {
  const ocpp_version = connection?.ocpp_version ?? charger.ocpp_version;
  if (ocpp_version === null)
    throw new AppError('charger_not_registered', `${charger.id} has never connected.`);
  return { ...charger, ocpp_version };
}
