import type { Connector } from '#shared/connectors/connector.ts';
import { ConnectorStatusChanged } from '#shared/connectors/events.ts';
import { shownStatus } from '#shared/connectors/shown-status.ts';
import type { Context } from '#shared/core/context.ts';
import { eventOf } from '#shared/events/event.ts';
import type { Recorded } from '#shared/events/recorded.ts';

/** The news that a change to a connector is to whoever watches its status; none where nobody sees a change. */
export function statusEvents(
  ctx: Context,
  before: Connector,
  after: Connector,
  site_id: string | null,
): Recorded[] {
  const { charger_id, id, version, session_id } = after;
  const status = shownStatus(after);
  const was = shownStatus(before);
  const isNews =
    status !== was ||
    after.error_code !== before.error_code ||
    after.vendor_error_code !== before.vendor_error_code ||
    (before.status_updated_at === null && after.status_updated_at !== null);
  if (!isNews) return [];
  return [
    eventOf(ctx, ConnectorStatusChanged, {
      id: `${charger_id}/${id}`,
      version,
      scope: { charger_id, connector: id, site_id, session_id },
      object: { ...after, status, site_id, status_stale: false, resource_version: version },
      previous: { status: was, error_code: before.error_code },
    }),
  ];
}
