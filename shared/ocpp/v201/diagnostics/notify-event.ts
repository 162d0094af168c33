import { recordMonitorEvent, type ToldEvent } from '#shared/configuration/record-monitor-event.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import type { EventDataType } from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';
import { takeProblem } from '#shared/ocpp/v201/diagnostics/take-problem.ts';
import { refOf } from '#shared/ocpp/v201/variables.ts';

const triggers = { Alerting: 'alerting', Delta: 'delta', Periodic: 'periodic' } as const;
const kinds = {
  HardWiredNotification: 'hard_wired',
  HardWiredMonitor: 'hard_wired_monitor',
  PreconfiguredMonitor: 'preconfigured',
  CustomMonitor: 'custom',
} as const;

/**
 * What a charger noticed on its variables (2.0.1 N07, N08). Each event stands for itself, so the order of
 * the parts does not matter, and a repeat changes nothing.
 */
export const notifyEvent = defineInbound('ocpp2.0.1', 'NotifyEvent', {
  example: {
    generatedAt: '2026-11-22T10:00:00Z',
    seqNo: 0,
    eventData: [
      {
        eventId: 1,
        timestamp: '2026-11-22T10:00:00Z',
        trigger: 'Alerting',
        actualValue: '78.5',
        component: { name: 'ChargingStation' },
        variable: { name: 'Temperature' },
        variableMonitoringId: 12,
        eventNotificationType: 'CustomMonitor',
      },
    ],
  },
  async handle({ request, peer }, ctx) {
    for (const event of request.eventData) {
      await takeProblem(ctx, peer.chargerId, event);
      await recordMonitorEvent(ctx, peer.chargerId, toldOf(ctx, event));
    }
    return {};
  },
});

const toldOf = (ctx: Context, event: EventDataType): ToldEvent => ({
  ...refOf(event),
  value: event.actualValue,
  trigger: triggers[event.trigger],
  cleared: event.cleared ?? false,
  monitor_id: event.variableMonitoringId ?? null,
  monitor_kind: kinds[event.eventNotificationType],
  event_number: event.eventId,
  caused_by: event.cause ?? null,
  tech_code: event.techCode ?? null,
  tech_info: event.techInfo ?? null,
  occurred_at: instantOf(event.timestamp) ?? isoNow(ctx),
  transaction_id: event.transactionId,
});

/** As everything stored has it: UTC with milliseconds. */
function instantOf(text: string): string | undefined {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
