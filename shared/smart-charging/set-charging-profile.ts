import type { WholeCharger } from '#shared/chargers/charger-view.ts';
import { connectorPlace } from '#shared/connectors/connector-place.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError, hasCode } from '#shared/core/errors.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { getSession, type WholeSession } from '#shared/sessions/session-view.ts';
import { findSite } from '#shared/sites/site.ts';
import {
  type ChargingAbilities,
  callerLevel,
  chargingAbilities,
} from '#shared/smart-charging/charging-abilities.ts';
import { findProfiles, sameSlot } from '#shared/smart-charging/charging-profile.ts';
import { draftProfile } from '#shared/smart-charging/draft-profile.ts';
import { electricsOf } from '#shared/smart-charging/electrics.ts';
import {
  checkNewProfile,
  type NewChargingProfile,
  unfit,
} from '#shared/smart-charging/new-charging-profile.ts';
import { newProfileNumber } from '#shared/smart-charging/profile-numbers.ts';
import { profileCommand, queueCalls } from '#shared/smart-charging/queue-profile.ts';
import { lastBeginning } from '#shared/smart-charging/recurrence.ts';
import { requireSmartCharging } from '#shared/smart-charging/require-smart-charging.ts';

/**
 * Asks a charger to follow a profile; answers the command's id. Throws not_found,
 * charger_not_registered, capability_not_supported, validation_failed, session_not_active.
 */
export async function setChargingProfile(
  ctx: Context,
  chargerId: string,
  input: NewChargingProfile,
  expiresInSeconds?: number,
): Promise<string> {
  const whole = await requireSmartCharging(ctx, chargerId);
  checkNewProfile(input);
  const abilities = await chargingAbilities(ctx, whole.charger);
  checkAbilities(input, abilities);
  if (input.valid_to && input.valid_to <= isoNow(ctx))
    throw unfit('valid_to', 'too_small', 'It is over already.');
  const place = await placeOf(ctx, whole, input);
  const fields = await profileOf(ctx, whole, input, place);
  const same = (await findProfiles(ctx, chargerId)).find((known) => sameSlot(known, fields));
  const number = same?.number ?? (await newProfileNumber(ctx, chargerId));
  const profile = draftProfile(ctx, { ...fields, number }, { ...place, abilities }, meantOf(input));
  return queueCalls(ctx, profileCommand(profile, place.evse_id, expiresInSeconds));
}

function checkAbilities(
  { stack_level, periods }: NewChargingProfile,
  abilities: ChargingAbilities,
): void {
  const highest = callerLevel(abilities);
  const known = abilities.maxStackLevel !== undefined;
  const why = known ? '' : ' until its configuration has been read';
  if (stack_level > highest)
    throw unfit('stack_level', 'too_big', `This charger takes levels up to ${highest}${why}.`);
  const most = abilities.maxPeriods ?? Number.POSITIVE_INFINITY;
  if (periods.length > most)
    throw unfit('periods', 'too_big', `This charger takes ${most} periods.`);
}

async function placeOf(
  ctx: Context,
  { charger, connectors }: WholeCharger,
  input: NewChargingProfile,
) {
  const whole = input.session_id ? await sessionOf(ctx, charger.id, input.session_id) : undefined;
  const connector = whole?.session.connector ?? input.connector ?? null;
  if (connector === null)
    return { connector, evse_id: 0, electrics: electricsOf(connectors), whole };
  const { evse_id } = connectorPlace(connectors, connector);
  const electrics = electricsOf(connectors.filter((c) => c.id === connector));
  return { connector, evse_id, electrics, whole };
}

async function sessionOf(ctx: Context, chargerId: string, id: string): Promise<WholeSession> {
  const whole = await findOwn(ctx, id);
  if (whole?.session.charger_id !== chargerId)
    throw unfit('session_id', 'not_found', 'This charger has no such session.');
  const { live, session } = whole;
  const runs = live.status === 'charging' || live.status === 'suspended';
  if (!runs || live.transaction_id === null || session.connector === 0)
    throw new AppError('session_not_active', `${id} is ${live.status}: it has no transaction.`);
  return whole;
}

async function findOwn(ctx: Context, id: string): Promise<WholeSession | undefined> {
  try {
    return await getSession(ctx, id);
  } catch (error) {
    if (hasCode(error, 'not_found')) return undefined;
    throw error;
  }
}

type Place = Awaited<ReturnType<typeof placeOf>>;

async function profileOf(
  ctx: Context,
  { charger }: WholeCharger,
  input: NewChargingProfile,
  { connector, whole }: Place,
): Promise<Fields> {
  const local_time = input.local_time ?? null;
  const timezone = local_time === null ? null : await timezoneOf(ctx, charger.site_id);
  const weekday = input.weekday ?? null;
  const beginning =
    local_time !== null && timezone !== null
      ? lastBeginning({ local_time, weekday, timezone }, ctx.now().getTime())
      : (input.starts_at ?? isoNow(ctx));
  return {
    charger_id: charger.id,
    connector,
    purpose: input.purpose,
    stack_level: input.stack_level,
    kind: input.kind,
    recurrence: input.recurrence ?? null,
    local_time,
    weekday,
    timezone,
    valid_from: input.valid_from ?? null,
    valid_to: input.valid_to ?? null,
    starts_at: input.kind === 'relative' ? null : beginning,
    duration_seconds: input.duration_seconds ?? null,
    session_id: whole?.session.id ?? null,
    transaction_id: whole?.live.transaction_id ?? null,
    set_by: 'request',
  };
}
type Fields = Omit<Parameters<typeof draftProfile>[1], 'number'>;

async function timezoneOf(ctx: Context, siteId: string | null): Promise<string> {
  const site = siteId === null ? undefined : await findSite(ctx, siteId);
  return site?.timezone ?? (await getOrganization(ctx)).timezone;
}

function meantOf({ periods, min_rate_kw, min_rate_a }: NewChargingProfile) {
  const meant = (kw: number | undefined, a: number | undefined) =>
    kw === undefined
      ? { limit: a ?? 0, unit: 'A' as const }
      : { limit: kw * 1000, unit: 'W' as const };
  const hasMinimum = min_rate_kw !== undefined || min_rate_a !== undefined;
  return {
    periods: periods.map(({ start_seconds, phases, limit_kw, limit_a }) => ({
      start_seconds,
      phases,
      ...meant(limit_kw, limit_a),
    })),
    minimum: hasMinimum ? meant(min_rate_kw, min_rate_a) : null,
  };
}
