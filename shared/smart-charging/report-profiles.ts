import { completeChargers, findCharger } from '#shared/chargers/charger-view.ts';
import { isTerminal, type StoredCommand } from '#shared/commands/command.ts';
import { findByRequestNumber } from '#shared/commands/request-number.ts';
import { settleCommand } from '#shared/commands/settle-command.ts';
import type { Connector } from '#shared/connectors/connector.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { findByTransaction } from '#shared/sessions/find-by-transaction.ts';
import {
  findProfiles,
  type LimitSource,
  profileItem,
  StoredProfile,
} from '#shared/smart-charging/charging-profile.ts';
import { forget } from '#shared/smart-charging/clear-charging-profiles.ts';
import { type Electrics, electricsOf, type RateUnit } from '#shared/smart-charging/electrics.ts';
import { shownPeriod, unitName } from '#shared/smart-charging/told-schedule.ts';

/** A profile as a charger tells of it. */
export interface FoundProfile
  extends Pick<
    StoredProfile,
    | 'number'
    | 'purpose'
    | 'stack_level'
    | 'kind'
    | 'recurrence'
    | 'valid_from'
    | 'valid_to'
    | 'starts_at'
    | 'duration_seconds'
    | 'transaction_id'
  > {
  readonly unit: RateUnit;
  readonly periods: readonly {
    readonly start_seconds: number;
    readonly limit: number;
    readonly phases: number | null;
  }[];
  readonly min_rate: number | null;
}

/** One part of what a charger tells of its profiles. */
export interface ReportPart {
  readonly number: number;
  readonly source: LimitSource;
  readonly evse_id: number;
  readonly profiles: readonly FoundProfile[];
  /** More parts follow. */
  readonly more: boolean;
}

/**
 * Takes a part of a report: each profile is written down as it is found. With the last part the books
 * are what the charger said, and the command that asked is done.
 */
export async function takeProfileReport(
  ctx: Context,
  chargerId: string,
  part: ReportPart,
): Promise<void> {
  const charger = await findCharger(ctx, chargerId);
  const [whole] = charger ? await completeChargers(ctx, [charger]) : [];
  const connectors = whole?.connectors ?? [];
  const known = await findProfiles(ctx, chargerId);
  for (const found of part.profiles) {
    const before = known.find(({ number }) => number === found.number);
    const profile = await recognised(ctx, { chargerId, connectors, part }, found, before);
    await ctx.table.write([{ op: 'put', item: profileItem(ctx, profile) }]);
  }
  const asked = await findByRequestNumber(ctx, chargerId, part.number);
  if (asked?.type !== 'get_charging_profiles') {
    ctx.log.info('A report of profiles that nobody asked for', { charger: chargerId });
    return;
  }
  if (!part.more && !isTerminal(asked.status)) await close(ctx, asked, part.number);
}

/** A charger that has no profiles says so at once, and reports nothing. */
export async function profilesReported(ctx: Context, command: StoredCommand): Promise<void> {
  if (command.type !== 'get_charging_profiles' || command.result?.outcome !== 'no_profiles') return;
  await forgetOlder(ctx, command, null);
}

async function close(ctx: Context, asked: StoredCommand, number: number): Promise<void> {
  await forgetOlder(ctx, asked, number);
  const count = (await findProfiles(ctx, asked.charger_id)).length;
  await settleCommand(ctx, asked.id, {
    status: 'completed',
    outcome: 'reported',
    data: { profiles: count },
  });
}

/** What the charger did not tell of, unless it agreed to it after it was asked. */
async function forgetOlder(
  ctx: Context,
  { charger_id, sent_at }: StoredCommand,
  kept: number | null,
) {
  const known = await findProfiles(ctx, charger_id);
  const asked = sent_at ?? isoNow(ctx);
  const gone = known.filter(
    ({ reported_in, updated_at }) => (kept === null || reported_in !== kept) && updated_at <= asked,
  );
  await forget(ctx, gone);
}

interface Found {
  readonly chargerId: string;
  readonly connectors: readonly Connector[];
  readonly part: ReportPart;
}

async function recognised(
  ctx: Context,
  { chargerId, connectors, part }: Found,
  found: FoundProfile,
  before: StoredProfile | undefined,
): Promise<StoredProfile> {
  const here = connectors.filter((c) => (c.evse_id ?? c.id) === part.evse_id);
  const electrics = electricsOf(here.length > 0 ? here : connectors);
  const at = isoNow(ctx);
  const { unit, periods, min_rate, ...rest } = found;
  const told = StoredProfile.parse({
    ...rest,
    ...inBothUnits(found, electrics),
    status: 'applied',
    charger_id: chargerId,
    connector: part.evse_id === 0 ? null : (before?.connector ?? here[0]?.id ?? part.evse_id),
    session_id: await sessionOf(ctx, chargerId, found),
    id: before?.id ?? ctx.newId('chp'),
    set_by: before?.set_by ?? 'charger',
    command_id: before?.command_id ?? null,
    local_time: before?.local_time ?? null,
    weekday: before?.weekday ?? null,
    timezone: before?.timezone ?? null,
    source: part.source,
    reported_in: part.number,
    livemode: ctx.livemode,
    created_at: before?.created_at ?? at,
    updated_at: before?.updated_at ?? at,
    resource_version: (before?.resource_version ?? 0) + 1,
  });
  return told;
}

function inBothUnits({ unit, periods, min_rate }: FoundProfile, electrics: Electrics) {
  const shown = (limit: number, start = 0, phases: number | null = null) =>
    shownPeriod(
      { start_seconds: Math.max(0, start), limit, unit, phases: inUse(phases) },
      electrics,
    );
  const least = min_rate === null ? undefined : shown(min_rate);
  return {
    unit: unitName(unit),
    periods: periods.map((p) => shown(p.limit, p.start_seconds, p.phases)),
    min_rate_kw: least?.limit_kw ?? null,
    min_rate_a: least?.limit_a ?? null,
  };
}

/** The schema lets any number through, and some chargers say 0 where they mean all. */
const inUse = (phases: number | null): number | null =>
  phases !== null && phases >= 1 && phases <= 3 ? phases : null;

async function sessionOf(
  ctx: Context,
  chargerId: string,
  { transaction_id }: FoundProfile,
): Promise<string | null> {
  if (transaction_id === null) return null;
  const whole = await findByTransaction(ctx, { chargerId, transactionId: transaction_id });
  return whole?.session.id ?? null;
}
