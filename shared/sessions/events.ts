import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { defineEvent, type EventType } from '#shared/events/event.ts';
import { MeterSample, meterSample, PackedSample } from '#shared/sessions/sample.ts';
import { LiveSession } from '#shared/sessions/session.ts';
import {
  chargingExample,
  failedExample,
  justEndedExample,
  limitedExample,
  meterValuesExample,
  reconciledExample,
  socExample,
  startingExample,
  stoppingExample,
  suspendedExample,
} from '#shared/sessions/session-example.ts';
import { findSession, SessionView, sessionViews } from '#shared/sessions/session-view.ts';

/** Session events carry what moved (the live row); the readers complete it with what is fixed. */
const of = {
  object: 'session',
  data: SessionView,
  async load(ctx: Context, id: string, patch: Record<string, unknown>): Promise<unknown> {
    const whole = await findSession(ctx, id);
    if (!whole) return undefined;
    const live = LiveSession.parse({ ...whole.live, ...patch });
    const [view] = await sessionViews(ctx, [{ session: whole.session, live }]);
    return view;
  },
} satisfies Partial<EventType>;

export const SessionStarted = defineEvent({
  ...of,
  name: 'session.started',
  channels: ['webhook', 'live'],
  example: startingExample,
  core: true,
  when: 'Session record created: `starting`, or directly `charging` for one started at the charger',
});
export const SessionUpdated = defineEvent({
  ...of,
  name: 'session.updated',
  channels: ['webhook', 'live'],
  example: chargingExample,
  core: true,
  when: 'Energy, power, cost, limits or status changed; webhook at most once per 60 seconds per session, live every sample',
});
export const SessionSuspended = defineEvent({
  ...of,
  name: 'session.suspended',
  example: suspendedExample,
  channels: ['webhook', 'live'],
  when: 'Energy flow stopped by vehicle, charger or platform',
});
export const SessionResumed = defineEvent({
  ...of,
  name: 'session.resumed',
  example: chargingExample,
  channels: ['webhook', 'live'],
  when: 'Energy flow resumed',
});
export const SessionIdleStarted = defineEvent({
  ...of,
  name: 'session.idle_started',
  example: suspendedExample,
  channels: ['webhook', 'live'],
  when: 'Energy stopped flowing where standing still costs something after the grace: `idle_fee_from` says when',
});
export const SessionStopping = defineEvent({
  ...of,
  name: 'session.stopping',
  example: stoppingExample,
  channels: ['live'],
  when: 'Stop requested',
});
export const SessionEnded = defineEvent({
  ...of,
  name: 'session.ended',
  channels: ['webhook', 'live'],
  example: justEndedExample,
  core: true,
  when: 'Transaction closed with its final meter reading',
});
export const SessionFailed = defineEvent({
  ...of,
  name: 'session.failed',
  channels: ['webhook', 'live'],
  example: failedExample,
  core: true,
  when: 'Never started, or ended without a billable transaction',
});
export const SessionReconciled = defineEvent({
  ...of,
  name: 'session.reconciled',
  example: reconciledExample,
  channels: ['webhook'],
  when: 'The reports missing from a session that has ended have come, or will not come any more',
});
export const SessionLimitReached = defineEvent({
  ...of,
  name: 'session.limit_reached',
  example: limitedExample,
  channels: ['webhook', 'live'],
  when: 'A limit of energy, time or state of charge, or the end of a free allowance, stops the session',
});

export const MeterValuesPayload = z
  .object({ session_id: z.string(), samples: z.array(MeterSample) })
  .meta({ id: 'SessionMeterValues' });

export const SessionMeterValues = defineEvent({
  name: 'session.meter_values',
  object: 'meter_values',
  channels: ['live'],
  when: 'Raw samples arrived',
  data: MeterValuesPayload,
  example: meterValuesExample,
  load: async (_ctx, id, patch) => ({
    session_id: id,
    samples: z.array(PackedSample).parse(patch['samples']).map(meterSample),
  }),
});

export const SocPayload = z
  .object({
    session_id: z.string(),
    charger_id: z.string(),
    connector: z.int(),
    soc_percent: z.number(),
    source: z.enum(['charger']),
    at: z.iso.datetime(),
  })
  .meta({ id: 'Soc' });

export const SocUpdated = defineEvent({
  name: 'soc.updated',
  object: 'soc',
  channels: ['webhook', 'live'],
  when: 'New state of charge from the charger',
  data: SocPayload,
  example: socExample,
  core: true,
  load: async (_ctx, id, patch, { charger_id, connector }) => ({
    session_id: id,
    charger_id,
    connector,
    source: 'charger',
    ...patch,
  }),
});
