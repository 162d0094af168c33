import * as z from 'zod';
import { CdrSummary, findCdrSummaries } from '#shared/cdrs/cdr-summary.ts';
import { Metadata } from '#shared/chargers/charger.ts';
import type { Context } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { Money, moneyOf } from '#shared/core/money.ts';
import { kwhOfWh, kwOfW, secondsBetween } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { websocketUrl } from '#shared/live/session-ticket.ts';
import { CostLine, costLine } from '#shared/pricing/cost-line.ts';
import { receiptOf } from '#shared/sessions/advance.ts';
import { idleFeeFrom } from '#shared/sessions/idle-fee.ts';
import { mayReachSession } from '#shared/sessions/may-reach-session.ts';
import {
  AuthMethod,
  FailureReason,
  LiveSession,
  Session,
  SessionLimits,
  SessionStatus,
  StopReason,
} from '#shared/sessions/session.ts';
import { ChargingNeeds, VehicleSchedule } from '#shared/smart-charging/vehicle-plan.ts';
import { TariffOverride } from '#shared/tariffs/tariff-override.ts';
import { maskUid } from '#shared/tokens/mask-uid.ts';

/** A session as the API shows it. */
export const SessionView = z
  .object({
    session_id: z.string().meta({ example: 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
    status: SessionStatus,
    charger_id: z.string().meta({ example: 'BLR-014' }),
    started_at: z.iso.datetime().meta({
      description:
        'When the request was accepted, or the charger says it began. Billing time runs from `charging_started_at`.',
    }),
    websocket: z
      .string()
      .nullable()
      .meta({ description: 'Live stream of this session, until it ends. Read-only.' }),
    id: z.string(),
    connector: z.int().meta({ example: 1 }),
    site_id: z.string().nullable(),
    auth_method: AuthMethod,
    token_uid_masked: z.string().nullable(),
    driver_id: z.string().nullable().meta({
      description: 'Whose it is: by the token that was shown, or as its start named the driver.',
    }),
    command_id: z.string().nullable(),
    reservation_id: z.string().nullable(),
    transaction_id: z.string().nullable(),
    charging_started_at: z.iso.datetime().nullable(),
    charging_ended_at: z.iso.datetime().nullable(),
    ended_at: z.iso.datetime().nullable(),
    meter_start_kwh: z.number().nullable(),
    meter_stop_kwh: z.number().nullable(),
    energy_kwh: z.number(),
    active_power_kw: z.number().nullable(),
    soc_percent: z.number().nullable(),
    soc_source: z.enum(['charger']).nullable(),
    idle_minutes: z.number(),
    idle_fee_from: z.iso.datetime().nullable().meta({
      description: 'While no energy flows: from when standing still costs something. Else null.',
    }),
    cost: z.object({
      lines: z.array(CostLine),
      subtotal: Money,
      tax: Money,
      total: Money,
      as_of: z.iso.datetime(),
    }),
    limits: SessionLimits.nullable(),
    charging_needs: ChargingNeeds.nullable(),
    vehicle_schedule: VehicleSchedule.nullable(),
    tariff_snapshot_id: z.string().nullable(),
    tariff_override: TariffOverride.nullable(),
    suspended_by: z.enum(['vehicle', 'charger', 'platform']).nullable(),
    stop_reason: StopReason.nullable(),
    stop_pending: z.boolean(),
    failure_reason: FailureReason.nullable(),
    offline: z.boolean().meta({ description: 'True when any part was reported after the fact.' }),
    flags: z
      .array(z.string())
      .meta({ description: 'What was odd about the meter, the clock or the messages.' }),
    cdr: CdrSummary.nullable(),
    external_ref: z.string().nullable(),
    metadata: Metadata,
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'Session', description: 'One charge, from request to end.' });
export type SessionView = z.infer<typeof SessionView>;

export interface WholeSession {
  readonly session: Session;
  readonly live: LiveSession;
}

export async function findSession(ctx: Context, id: string): Promise<WholeSession | undefined> {
  const [session, live] = await ctx.table.batchGet([
    keys.session(ctx.tenantId, id),
    keys.liveSession(ctx.tenantId, id),
  ]);
  if (!session || !live) return undefined;
  return { session: Session.parse(session), live: LiveSession.parse(live) };
}

export async function getSession(ctx: Context, id: string): Promise<WholeSession> {
  const whole = await findSession(ctx, id);
  if (!whole || !mayReachSession(ctx, whole.session)) throw notFound('Session');
  return whole;
}

/** A session as `GET /v1/sessions/{id}` answers it. Throws not_found. */
export async function getSessionView(ctx: Context, id: string): Promise<SessionView> {
  const whole = await getSession(ctx, id);
  const [view] = await sessionViews(ctx, [whole]);
  if (!view) throw notFound('Session');
  return view;
}

/** Views of many, with their CDR summaries in one read. */
export async function sessionViews(
  ctx: Context,
  sessions: readonly WholeSession[],
): Promise<SessionView[]> {
  const ended = sessions.filter((s) => s.live.status === 'ended').map((s) => s.session.id);
  const cdrs = await findCdrSummaries(ctx, ended);
  return Promise.all(sessions.map((s) => sessionView(ctx, s, cdrs.get(s.session.id) ?? null)));
}

export async function sessionView(
  ctx: Context,
  { session, live }: WholeSession,
  cdr: CdrSummary | null = null,
): Promise<SessionView> {
  const open = live.status !== 'ended' && live.status !== 'failed';
  const money = (minor: number) => moneyOf(minor, session.currency);
  return {
    session_id: session.id,
    status: live.status,
    charger_id: session.charger_id,
    started_at: session.started_at,
    websocket: open ? await websocketUrl(ctx, session.id, session.live_url ?? undefined) : null,
    id: session.id,
    connector: session.connector,
    site_id: session.site_id,
    auth_method: session.auth_method,
    token_uid_masked: session.token_uid && maskUid(session.token_uid),
    driver_id: session.driver_id,
    command_id: session.command_id,
    reservation_id: session.reservation_id,
    transaction_id: live.transaction_id,
    charging_started_at: live.charging_started_at,
    charging_ended_at: live.charging_ended_at,
    ended_at: live.ended_at,
    meter_start_kwh: live.meter_start_wh === null ? null : kwhOfWh(live.meter_start_wh),
    meter_stop_kwh: open || live.meter_wh === null ? null : kwhOfWh(live.meter_wh),
    energy_kwh: kwhOfWh(live.energy_wh),
    active_power_kw: live.power_w === null ? null : kwOfW(live.power_w),
    soc_percent: live.soc_percent,
    soc_source: live.soc_percent === null ? null : 'charger',
    idle_minutes: idleMinutes(live),
    idle_fee_from: idleFeeFrom(session, live),
    cost: {
      lines: costLines({ session, live }),
      subtotal: money(live.subtotal_minor),
      tax: money(live.tax_minor),
      total: money(live.total_minor),
      as_of: live.updated_at,
    },
    limits: session.limits,
    charging_needs: session.charging_needs,
    vehicle_schedule: session.vehicle_schedule,
    tariff_snapshot_id: session.tariff.id,
    tariff_override: session.tariff_override,
    suspended_by: live.suspended_by,
    stop_reason: live.stop_reason,
    stop_pending: live.stop_pending,
    failure_reason: live.failure_reason,
    offline: live.offline,
    flags: live.flags,
    cdr,
    external_ref: session.external_ref,
    metadata: session.metadata,
    livemode: session.livemode,
    created_at: session.created_at,
    updated_at: live.updated_at,
    // The CDR comes after the last change of the session, and is part of what is shown.
    resource_version: live.version + (cdr ? 1 : 0),
  };
}

const costLines = ({ session, live }: WholeSession) =>
  (receiptOf(session, live, live.meter_at ?? live.updated_at)?.lines ?? []).map((line) =>
    costLine(line, session.currency),
  );

function idleMinutes(live: LiveSession): number {
  const seconds = live.idle.reduce(
    (sum, { from, to }) => sum + secondsBetween(from, to ?? live.ended_at ?? live.updated_at),
    0,
  );
  return Math.round(seconds / 6) / 10;
}
