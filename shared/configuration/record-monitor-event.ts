import { getWholeCharger } from '#shared/chargers/charger-view.ts';
import { MonitorTriggered } from '#shared/configuration/events.ts';
import { findMonitor, type Monitor } from '#shared/configuration/monitor.ts';
import type { MonitorEvent } from '#shared/configuration/monitor-event.ts';
import { isSecretName } from '#shared/configuration/secret-names.ts';
import { identityOf } from '#shared/configuration/variable.ts';
import type { Connector } from '#shared/connectors/connector.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import { ConditionFailed, type Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { findByTransaction } from '#shared/sessions/find-by-transaction.ts';

/** An event as a charger tells it. */
export type ToldEvent = Omit<
  MonitorEvent,
  'id' | 'charger_id' | 'connector' | 'session_id' | 'severity' | 'received_at'
> & { readonly transaction_id: string | undefined };

const KEPT_DAYS = 90;

/** Keeps an event and tells of it, once however often the charger says it. */
export async function recordMonitorEvent(
  ctx: Context,
  chargerId: string,
  { transaction_id: transactionId, ...told }: ToldEvent,
): Promise<void> {
  const { charger, connectors } = await getWholeCharger(ctx, chargerId);
  const session = transactionId && (await findByTransaction(ctx, { chargerId, transactionId }));
  const monitor = await monitorOf(ctx, chargerId, told);
  const connector = connectorOf(connectors, told)?.id ?? null;
  const event: MonitorEvent = {
    ...told,
    id: ctx.newId('mev'),
    charger_id: chargerId,
    connector,
    session_id: session ? session.session.id : null,
    value: isSecretName(told.name) ? null : told.value,
    severity: monitor?.severity ?? null,
    received_at: isoNow(ctx),
  };
  const { id, session_id } = event;
  const scope = { charger_id: chargerId, site_id: charger.site_id, connector, session_id };
  try {
    await commit(ctx, {
      aggregate: { kind: 'monitor_event', id, version: 1 },
      writes: [{ op: 'put', when: 'absent', item: eventItem(ctx, event) }],
      events: [eventOf(ctx, MonitorTriggered, { id, version: 1, scope, object: event })],
    });
  } catch (error) {
    if (error instanceof ConditionFailed) return;
    throw error;
  }
  if (monitor) await noteOnMonitor(ctx, event, monitor);
}

async function monitorOf(ctx: Context, chargerId: string, told: Omit<ToldEvent, 'transaction_id'>) {
  if (told.monitor_id === null) return undefined;
  const monitor = await findMonitor(ctx, chargerId, told.monitor_id);
  return monitor && identityOf(monitor) === identityOf(told) ? monitor : undefined;
}

/** The connector an event is about: the one it names, or the only one of its EVSE. */
function connectorOf(
  connectors: readonly Connector[],
  { evse_id, evse_connector_id }: Pick<ToldEvent, 'evse_id' | 'evse_connector_id'>,
): Connector | undefined {
  const onEvse = connectors.filter((c) => (c.evse_id ?? c.id) === evse_id);
  if (evse_connector_id === null) return onEvse.length === 1 ? onEvse[0] : undefined;
  return onEvse.find((c) => (c.evse_connector_id ?? 1) === evse_connector_id);
}

/** A charger's event numbers begin anew when it restarts, so the instant is part of what tells them apart. */
function eventItem(ctx: Context, event: MonitorEvent) {
  const { charger_id, occurred_at, event_number } = event;
  const hash = sha256(`${event_number} ${identityOf(event)}`).slice(0, 16);
  const ttl = Math.floor(ctx.now().getTime() / 1000) + KEPT_DAYS * 86_400;
  return { ...event, ...keys.monitorEvent(ctx.tenantId, charger_id, occurred_at, hash), ttl };
}

async function noteOnMonitor(ctx: Context, event: MonitorEvent, { id }: Monitor): Promise<void> {
  const note: Write = {
    op: 'update',
    key: keys.monitor(ctx.tenantId, event.charger_id, id),
    set: { last_triggered_at: event.occurred_at },
    when: 'present',
  };
  try {
    await ctx.table.write([note]);
  } catch (error) {
    // It was cleared meanwhile.
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
