import type { Connector } from '#shared/connectors/connector.ts';
import { statusEvents } from '#shared/connectors/status-events.ts';
import type { Context } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import type { Recorded } from '#shared/events/recorded.ts';

/**
 * Keeps a connector for a reservation, or frees it (null): the write, good for the connector as it was
 * read, and what is to be told of it.
 */
export function keepConnector(
  ctx: Context,
  before: Connector,
  reservationId: string | null,
  siteId: string | null,
): { write: Write; events: Recorded[] } {
  const after = { ...before, reservation_id: reservationId, version: before.version + 1 };
  const kept = reservationId === null ? { remove: ['reservation_id'] } : undefined;
  return {
    write: {
      op: 'update',
      key: keys.connector(ctx.tenantId, before.charger_id, before.id),
      ...(kept ?? { set: { reservation_id: reservationId } }),
      add: { version: 1 },
      when: { version: before.version },
    },
    events: statusEvents(ctx, before, after, siteId),
  };
}
