import * as z from 'zod';
import type { WholeCharger } from '#shared/chargers/charger-view.ts';
import type { NewCommand } from '#shared/commands/queue-command.ts';
import { connectorPlace } from '#shared/connectors/connector-place.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';
import { chargingAbilities } from '#shared/smart-charging/charging-abilities.ts';
import { clearing } from '#shared/smart-charging/clear-charging-profiles.ts';
import { electricsOf, wattsOf } from '#shared/smart-charging/electrics.ts';
import { unfit } from '#shared/smart-charging/new-charging-profile.ts';
import { platformProfile } from '#shared/smart-charging/platform-profile.ts';
import { limitNumber, sessionNumber } from '#shared/smart-charging/profile-numbers.ts';
import { profileCommand, queueCalls } from '#shared/smart-charging/queue-profile.ts';
import { ratedWatts } from '#shared/smart-charging/rated-power.ts';
import { requireSmartCharging } from '#shared/smart-charging/require-smart-charging.ts';
import { runningSession } from '#shared/smart-charging/running-session.ts';
import { scheduleForNeeds } from '#shared/smart-charging/schedule-for-needs.ts';
import type { Meant } from '#shared/smart-charging/told-schedule.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

export const PowerLimit = z
  .object({
    limit: z
      .union([
        z.strictObject({ kw: z.number().nonnegative().max(10_000) }),
        z.strictObject({ a: z.number().nonnegative().max(10_000) }),
        z.strictObject({ percent: z.number().min(0).max(100) }),
      ])
      .nullable()
      .meta({
        description:
          'One of `kw`, `a` (per phase) and `percent` (of the rated power); null lifts the limit.',
        example: { kw: 11 },
      }),
    connector: z.int().min(1).max(999).optional().meta({
      description: 'Of this connector; of the whole charger where left out.',
    }),
    expires_at: instant.nullable().default(null).meta({
      description: 'The charger lifts it by itself then.',
    }),
  })
  .meta({ id: 'PowerLimitRequest' });
export type PowerLimit = z.output<typeof PowerLimit>;

/**
 * Caps a charger, or one of its connectors, or lifts the cap; answers the command's id. A session under
 * way on the connector is capped with it. Throws not_found, charger_not_registered,
 * capability_not_supported, validation_failed.
 */
export async function setPowerLimit(
  ctx: Context,
  chargerId: string,
  asked: PowerLimit,
  expiresInSeconds?: number,
): Promise<string> {
  const whole = await requireSmartCharging(ctx, chargerId);
  const connector = asked.connector ?? null;
  const evse = connector === null ? 0 : connectorPlace(whole.connectors, connector).evse_id;
  if (asked.expires_at !== null && asked.expires_at <= isoNow(ctx))
    throw unfit('expires_at', 'too_small', 'It is over already.');
  const cap: Cap = { whole, connector, evse, asked, expiresInSeconds };
  const session = await runningOn(ctx, cap);
  const calls = asked.limit === null ? lifting(cap) : await capping(ctx, cap);
  const more = session ? await ofSession(ctx, cap, session) : [];
  return queueCalls(ctx, calls, ...more);
}

interface Cap {
  readonly whole: WholeCharger;
  readonly connector: number | null;
  readonly evse: number;
  readonly asked: PowerLimit;
  readonly expiresInSeconds: number | undefined;
}

async function capping(ctx: Context, cap: Cap): Promise<NewCommand> {
  const { whole, connector, asked, evse, expiresInSeconds } = cap;
  const abilities = await chargingAbilities(ctx, whole.charger);
  const profile = platformProfile(ctx, whole, abilities, {
    connector,
    session: null,
    set_by: 'power_limit',
    periods: [meantBy(cap)],
    valid_to: asked.expires_at,
    duration_seconds: null,
  });
  return profileCommand(profile, evse, expiresInSeconds);
}

const lifting = ({ whole, connector, expiresInSeconds }: Cap): NewCommand => ({
  ...clearing(whole.charger.id, { number: limitNumber(connector ?? 0) }, expiresInSeconds),
  connector,
});

/** The limit as it was asked for; a percentage is of the rated power. */
function meantBy({ whole, connector, asked: { limit } }: Cap): Meant {
  const at = { start_seconds: 0, phases: null };
  if (limit && 'kw' in limit) return { ...at, limit: limit.kw * 1000, unit: 'W' };
  if (limit && 'a' in limit) return { ...at, limit: limit.a, unit: 'A' };
  const rated = ratedWatts(whole.connectors, connector);
  if (rated === null)
    throw unfit('limit.percent', 'invalid_value', 'The rated power is not known here.');
  return { ...at, limit: ((limit?.percent ?? 100) / 100) * rated, unit: 'W' };
}

/** The session that runs on the connector: a default of the connector no longer reaches it. */
async function runningOn(ctx: Context, { whole, connector, evse }: Cap) {
  if (connector === null) return undefined;
  const running = await runningSession(ctx, whole, evse);
  return running?.session.connector === connector ? running : undefined;
}

async function ofSession(ctx: Context, cap: Cap, session: WholeSession): Promise<NewCommand[]> {
  const { whole, connector, evse, asked, expiresInSeconds } = cap;
  const abilities = await chargingAbilities(ctx, whole.charger);
  const needs = session.session.charging_needs;
  const limit = asked.limit === null ? null : meantBy(cap);
  const watts = limit && wattsOf(limit.limit, limit.unit, electricsHere(cap), null);
  const rated = ratedWatts(whole.connectors, connector);
  const least = watts === null ? rated : Math.min(watts, rated ?? watts);
  const planned = needs
    ? scheduleForNeeds(needs, { watts: least, periods: 2 }, ctx.now().getTime())
    : undefined;
  const periods = planned?.periods ?? (limit ? [limit] : []);
  if (periods.length === 0)
    return [
      clearing(whole.charger.id, { number: sessionNumber(connector ?? 0) }, expiresInSeconds),
    ];
  const profile = platformProfile(ctx, whole, abilities, {
    connector,
    session,
    set_by: needs ? 'vehicle_needs' : 'power_limit',
    periods,
    valid_to: asked.expires_at,
    duration_seconds: planned?.duration_seconds ?? null,
  });
  return [profileCommand(profile, evse, expiresInSeconds)];
}

const electricsHere = ({ whole, connector }: Cap) =>
  electricsOf(whole.connectors.filter((c) => c.id === connector));
