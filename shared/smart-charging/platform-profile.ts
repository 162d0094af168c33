import type { WholeCharger } from '#shared/chargers/charger-view.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';
import {
  type ChargingAbilities,
  platformLevel,
} from '#shared/smart-charging/charging-abilities.ts';
import type { StoredProfile } from '#shared/smart-charging/charging-profile.ts';
import { draftProfile } from '#shared/smart-charging/draft-profile.ts';
import { electricsOf } from '#shared/smart-charging/electrics.ts';
import { limitNumber, sessionNumber } from '#shared/smart-charging/profile-numbers.ts';
import type { Meant } from '#shared/smart-charging/told-schedule.ts';

/** A profile of our own making: on the level that is ours, under the number that is its slot's. */
export interface Own {
  readonly connector: number | null;
  readonly session: WholeSession | null;
  readonly set_by: 'power_limit' | 'vehicle_needs';
  readonly periods: readonly Meant[];
  readonly valid_to: string | null;
  readonly duration_seconds: number | null;
}

export function platformProfile(
  ctx: Context,
  { charger, connectors }: WholeCharger,
  abilities: ChargingAbilities,
  { connector, session, periods, ...rest }: Own,
): StoredProfile {
  const here = connectors.filter((c) => connector === null || c.id === connector);
  return draftProfile(
    ctx,
    {
      ...rest,
      number: session ? sessionNumber(connector ?? 0) : limitNumber(connector ?? 0),
      charger_id: charger.id,
      connector,
      purpose: session ? 'session' : connector === null ? 'charger_max' : 'default',
      stack_level: platformLevel(abilities),
      kind: 'absolute',
      recurrence: null,
      local_time: null,
      weekday: null,
      timezone: null,
      valid_from: null,
      starts_at: isoNow(ctx),
      session_id: session?.session.id ?? null,
      transaction_id: session?.live.transaction_id ?? null,
    },
    { electrics: electricsOf(here), abilities },
    { periods, minimum: null },
  );
}
