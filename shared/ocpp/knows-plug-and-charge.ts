import { learnAbilities } from '#shared/chargers/learn-abilities.ts';
import type { Context } from '#shared/core/context.ts';
import { hasCode } from '#shared/core/errors.ts';
import type { Peer } from '#shared/ocpp/action.ts';

/** A charger that speaks of contracts can do Plug & Charge. One that is not registered is not remembered. */
export async function knowsPlugAndCharge(ctx: Context, { chargerId }: Peer): Promise<void> {
  try {
    await learnAbilities(ctx, chargerId, { plug_and_charge: true });
  } catch (error) {
    if (!hasCode(error, 'not_found')) throw error;
  }
}
