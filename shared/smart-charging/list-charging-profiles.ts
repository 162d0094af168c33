import { requireCapability } from '#shared/chargers/capabilities.ts';
import { getCharger, getWholeCharger } from '#shared/chargers/charger-view.ts';
import { newRequestNumber } from '#shared/commands/request-number.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import {
  type ChargingProfile,
  findProfiles,
  profileView,
} from '#shared/smart-charging/charging-profile.ts';

import { queueCalls } from '#shared/smart-charging/queue-profile.ts';
import { speaking } from '#shared/smart-charging/require-smart-charging.ts';

export interface ProfileFilter {
  readonly purpose?: readonly string[] | undefined;
  /** 0 is the whole charger. */
  readonly connector?: number | undefined;
}

interface Paging {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What is believed to be in a charger, by number, and what others hold it to. Throws not_found. */
export async function listChargingProfiles(
  ctx: Context,
  chargerId: string,
  { purpose, connector }: ProfileFilter,
  { limit, cursor }: Paging,
): Promise<{ items: ChargingProfile[]; total: number; cursor?: string }> {
  await getCharger(ctx, chargerId);
  const all = (await findProfiles(ctx, chargerId)).filter(
    (one) =>
      (!purpose || purpose.includes(one.purpose)) &&
      (connector === undefined || (one.connector ?? 0) === connector),
  );
  const rest = all.filter(({ number }) => cursor === undefined || number > Number(cursor));
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  const more = last && rest.length > limit;
  return {
    items: items.map(profileView),
    total: all.length,
    ...(more ? { cursor: String(last.number) } : {}),
  };
}

/**
 * Asks a charger which profiles it has; answers the command's id. Throws not_found,
 * charger_not_registered, capability_not_supported, charger_offline.
 */
export async function refreshProfiles(ctx: Context, chargerId: string): Promise<string> {
  const whole = await getWholeCharger(ctx, chargerId);
  requireCapability(speaking(whole), 'charging_profile_report');
  const { connection } = whole;
  if (!connection?.connection_id || connection.state !== 'online')
    throw new AppError('charger_offline', `${chargerId} is not connected.`);
  const requestNumber = await newRequestNumber(ctx, chargerId);
  return queueCalls(ctx, {
    type: 'get_charging_profiles',
    chargerId,
    input: { number: requestNumber },
    requestNumber,
    serves: { kind: 'charging_profiles_report', id: chargerId },
  });
}
