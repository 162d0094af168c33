import type { ChargerState } from '#simulator/charger-state.ts';
import { findConnector } from '#simulator/charging/connectors.ts';
import type { Monitor } from '#simulator/monitoring/monitor.ts';
import { keepMonitoring, monitorsOf } from '#simulator/monitoring/monitors.ts';
import { look, type Sighting } from '#simulator/monitoring/watch.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { variableText } from '#simulator/settings.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Payload, Turn } from '#simulator/turn.ts';
import { liveValue } from '#simulator/v201/model/live-value.ts';
import { addressOf } from '#simulator/v201/model/path.ts';

/** Looks through every monitor, and tells of what is to be told in one message. */
export function watchVariables(turn: Turn): void {
  const { state, now } = turn;
  if (variableText(turn, 'MonitoringCtrlr.Enabled') !== 'true') return;
  const monitors = monitorsOf(state);
  const seen = monitors.map(
    (monitor): Sighting =>
      isIdle(state, monitor)
        ? { monitor, event: null }
        : look(monitor, liveValue(turn, monitor.path), now),
  );
  if (seen.every(({ monitor }, at) => monitor === monitors[at])) return;
  keepMonitoring(state, { monitors: seen.map(({ monitor }) => monitor) });
  tell(
    turn,
    seen.filter(({ event }) => event),
  );
}

/** A monitor for transactions looks only while one runs. */
function isIdle(state: ChargerState, { transaction, path }: Monitor): boolean {
  if (!transaction) return false;
  const evse = addressOf(path).component.evse;
  const among = evse ? [findConnector(state, evse.id)] : state.connectors;
  return among.every((one) => !one?.session);
}

/** Severe events wait until they can be heard [OfflineQueuingSeverity]. */
function tell(turn: Turn, sightings: readonly Sighting[]): void {
  const { state, now } = turn;
  const { level, lastEventId } = state.store.monitoring;
  const told = sightings.filter(({ monitor }) => monitor.severity <= level);
  if (told.length === 0) return;
  keepMonitoring(state, { lastEventId: lastEventId + told.length });
  const queued = Number(variableText(turn, 'MonitoringCtrlr.OfflineQueuingSeverity'));
  const payload = {
    generatedAt: stamp(state, now),
    seqNo: 0,
    tbc: false,
    eventData: told.map((one, at) => eventData(turn, one, lastEventId + at + 1)),
  };
  const kept = told.some(({ monitor }) => monitor.severity <= queued);
  enqueue(turn, { action: 'NotifyEvent', payload, kept });
}

function eventData(turn: Turn, { monitor, event }: Sighting, eventId: number): Payload {
  const { component, variable } = addressOf(monitor.path);
  const session = component.evse && findConnector(turn.state, component.evse.id)?.session;
  return {
    eventId,
    timestamp: stamp(turn.state, turn.now),
    ...event,
    actualValue: liveValue(turn, monitor.path),
    component,
    variable,
    variableMonitoringId: monitor.id,
    eventNotificationType: monitor.origin,
    ...(session ? { transactionId: session.id } : {}),
  };
}

export const nextWatchAt = ({ store }: ChargerState): number =>
  Math.min(
    ...(store.monitoring.monitors ?? []).map(({ dueAt }) => dueAt ?? Number.POSITIVE_INFINITY),
  );
