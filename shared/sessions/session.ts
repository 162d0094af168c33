import * as z from 'zod';
import { Metadata } from '#shared/chargers/charger.ts';
import { Reading } from '#shared/pricing/receipt.ts';
import { Flowing } from '#shared/sessions/flow-record.ts';
import {
  ChargingNeeds,
  ScheduleOffer,
  VehicleSchedule,
} from '#shared/smart-charging/vehicle-plan.ts';
import { TariffOverride } from '#shared/tariffs/tariff-override.ts';
import { TariffTerms } from '#shared/tariffs/tariff-terms.ts';
import { Verdict } from '#shared/tokens/verdict.ts';

export const SessionStatus = z
  .enum(['starting', 'charging', 'suspended', 'stopping', 'ended', 'failed'])
  .meta({ id: 'SessionStatus' });
export type SessionStatus = z.infer<typeof SessionStatus>;

export const AuthMethod = z
  .enum([
    'api',
    'app',
    'token',
    'ad_hoc',
    'rfid',
    'plug_and_charge',
    'autocharge',
    'roaming',
    'unknown',
  ])
  .meta({ id: 'AuthMethod', description: 'How the session was authorised.' });

export const StopReason = z
  .enum([
    'remote',
    'local',
    'ev_disconnected',
    'limit_energy',
    'limit_cost',
    'limit_time',
    'limit_soc',
    'payment',
    'power_loss',
    'emergency_stop',
    'fault',
    'reboot',
    'deauthorized',
    'reservation_ended',
    'grid_event',
    'forced',
    'other',
  ])
  .meta({ id: 'StopReason' });
export type StopReason = z.infer<typeof StopReason>;

export const FailureReason = z
  .enum([
    'charger_rejected',
    'no_response',
    'cable_not_connected',
    'authorization_rejected',
    'payment_failed',
    'charger_offline',
    'connector_faulted',
    'canceled',
  ])
  .meta({ id: 'FailureReason' });
export type FailureReason = z.infer<typeof FailureReason>;

export const SessionLimits = z
  .strictObject({
    energy_kwh: z.number().positive().max(10_000).optional(),
    duration_minutes: z.int().min(1).max(10_080).optional(),
    soc_percent: z.number().min(1).max(100).optional(),
  })
  .meta({ id: 'SessionLimits', description: 'Stop when the first of these is reached.' });

/** What is fixed when a session begins, as it lies in its row. What moves is in {@link LiveSession}. */
export const Session = z.object({
  id: z.string(),
  charger_id: z.string(),
  connector: z.int().nonnegative(),
  site_id: z.string().nullable(),
  auth_method: AuthMethod,
  token_uid: z.string().nullable().default(null),
  /** Whose it is: of the token that was shown, or named by who started it. */
  driver_id: z.string().nullable().default(null),
  /** What we said of the token when it began. A refused one is recorded all the same. */
  start_verdict: Verdict.default('accepted'),
  /** It counts among the open sessions of its token, which has a limit. */
  counted: z.boolean().default(false),
  /** When the request was accepted, or the charger said it began. */
  started_at: z.string(),
  command_id: z.string().nullable().default(null),
  /** The reservation it is of. */
  reservation_id: z.string().nullable().default(null),
  /** The number the charger gives back when it starts by our request (2.0.1 remoteStartId). */
  remote_start_id: z.int().nullable().default(null),
  tariff: TariffTerms,
  tariff_override: TariffOverride.nullable().default(null),
  limits: SessionLimits.nullable().default(null),
  /** What the vehicle itself said (ISO 15118). */
  charging_needs: ChargingNeeds.nullable().default(null),
  vehicle_schedule: VehicleSchedule.nullable().default(null),
  schedule_offer: ScheduleOffer.nullable().default(null),
  external_ref: z.string().nullable().default(null),
  metadata: Metadata.default({}),
  currency: z.string(),
  /** Its charger, as known when it began, shows the running cost. */
  shows_cost: z.boolean().default(false),
  /** Where its live stream is, as the deployment was called when the session began. */
  live_url: z.string().nullable().default(null),
  livemode: z.boolean(),
  created_at: z.string(),
});
export type Session = z.infer<typeof Session>;

/** The hot row of a session: everything that moves. Kept under 1 KB, so that a meter value costs little. */
export const LiveSession = z.object({
  session_id: z.string(),
  status: SessionStatus,
  version: z.int(),
  updated_at: z.string(),
  transaction_id: z.string().nullable().default(null),
  charging_started_at: z.string().nullable().default(null),
  charging_ended_at: z.string().nullable().default(null),
  ended_at: z.string().nullable().default(null),
  meter_start_wh: z.int().nullable().default(null),
  /** The register at the start as it was told, where the count had to begin anew since. */
  first_start_wh: z.int().nullable().default(null),
  /** The register as last read, and when the charger says it was. */
  meter_wh: z.int().nullable().default(null),
  meter_at: z.string().nullable().default(null),
  energy_wh: z.int().default(0),
  power_w: z.int().nullable().default(null),
  soc_percent: z.number().nullable().default(null),
  /** The readings that pricing needs: the neighbours of each price boundary, and the last. */
  readings: z.array(Reading).default([]),
  /** Plugged in without charging; the last may be open. */
  idle: z.array(z.object({ from: z.string(), to: z.string().nullable() })).default([]),
  subtotal_minor: z.int().default(0),
  tax_minor: z.int().default(0),
  total_minor: z.int().default(0),
  suspended_by: z.enum(['vehicle', 'charger', 'platform']).nullable().default(null),
  stop_reason: StopReason.nullable().default(null),
  stop_pending: z.boolean().default(false),
  /** The command that asks the charger to stop; an earlier one's end says nothing of this stop. */
  stop_command_id: z.string().nullable().default(null),
  failure_reason: FailureReason.nullable().default(null),
  /** Highest 2.0.1 sequence number seen, and those missing below it. */
  last_seq: z.int().nullable().default(null),
  missing_seq: z.array(z.int()).default([]),
  /** The search for those missing: how often the charger was asked, and by which command now. */
  gap: z
    .object({
      round: z.int(),
      command_id: z.string().nullable(),
      flows: z.array(Flowing),
    })
    .nullable()
    .default(null),
  offline: z.boolean().default(false),
  /** Seconds to add to what the charger's clock says, where it is known to be wrong. */
  clock_offset_s: z.int().default(0),
  /** Something about the meter or clock was not as it should be; the CDR tells. */
  flags: z.array(z.string()).default([]),
  samples: z.int().default(0),
  /** What tells the last unnumbered report with samples from its repeat. */
  last_report: z.string().optional(),
  /** When webhooks last got a session.updated. */
  published_at: z.string().nullable().default(null),
});
export type LiveSession = z.infer<typeof LiveSession>;
