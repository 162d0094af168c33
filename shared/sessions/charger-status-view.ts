import * as z from 'zod';
import { ChargerStatus, Connectivity } from '#shared/chargers/charger.ts';
import { chargerView, getWholeCharger } from '#shared/chargers/charger-view.ts';
import { ConnectorView } from '#shared/connectors/connector.ts';
import type { Context } from '#shared/core/context.ts';
import { ownDriverId, reachesDriver } from '#shared/core/driver-access.ts';
import { kwOfW, later } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { LiveSession, Session } from '#shared/sessions/session.ts';

const ConnectorNow = ConnectorView.pick({
  id: true,
  type: true,
  status: true,
  power_kw: true,
})
  .extend({
    active_power_kw: z.number().nullable().meta({ description: 'Flowing now, kW.', example: 21.4 }),
    session_id: z.string().nullable(),
    soc_percent: z.number().nullable().meta({ description: 'As the charger last said.' }),
    status_updated_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ConnectorNow', description: 'A connector and the session on it, in figures.' });

/** A charger in the few figures that change: what clients poll. */
export const ChargerStatusView = z
  .object({
    id: z.string().meta({ example: 'BLR-014' }),
    status: ChargerStatus,
    connectivity: Connectivity,
    connectors: z.array(ConnectorNow),
    updated_at: z.iso.datetime().meta({ description: 'The newest of everything above.' }),
  })
  .meta({ id: 'ChargerStatusNow', description: 'What a charger and its connectors do now.' });
export type ChargerStatusView = z.infer<typeof ChargerStatusView>;

/** Throws not_found. */
export async function getChargerStatus(ctx: Context, id: string): Promise<ChargerStatusView> {
  const charger = chargerView(ctx, await getWholeCharger(ctx, id));
  const open = await liveSessions(
    ctx,
    charger.connectors.map((c) => c.session_id).filter((session) => session !== null),
  );
  const connectors = charger.connectors.map((c) => {
    const live = open.get(c.session_id ?? '');
    return {
      id: c.id,
      type: c.type,
      status: c.status,
      power_kw: c.power_kw,
      active_power_kw: live?.power_w == null ? null : kwOfW(live.power_w),
      session_id: live?.session_id ?? null,
      soc_percent: live?.soc_percent ?? null,
      status_updated_at: c.status_updated_at,
    };
  });
  const { status, connectivity } = charger;
  const changes = [
    connectivity.since,
    connectivity.last_seen_at,
    ...connectors.map((c) => c.status_updated_at),
    ...[...open.values()].map((live) => live.updated_at),
  ].filter((at) => at !== null);
  const updated_at = changes.reduce((newest, at) => later(newest, at), charger.updated_at);
  return { id: charger.id, status, connectivity, connectors, updated_at };
}

async function liveSessions(ctx: Context, all: readonly string[]) {
  const ids = await ownOf(ctx, all);
  const rows = await ctx.table.batchGet(ids.map((id) => keys.liveSession(ctx.tenantId, id)));
  const found = rows.filter((row) => row !== undefined).map((row) => LiveSession.parse(row));
  return new Map(found.map((live) => [live.session_id, live]));
}

/** A driver sees that somebody charges, but not who, and how much. */
async function ownOf(ctx: Context, ids: readonly string[]): Promise<readonly string[]> {
  if (ownDriverId(ctx) === undefined) return ids;
  const rows = await ctx.table.batchGet(ids.map((id) => keys.session(ctx.tenantId, id)));
  const sessions = rows.filter((row) => row !== undefined).map((row) => Session.parse(row));
  return sessions.filter(({ driver_id }) => reachesDriver(ctx, driver_id)).map(({ id }) => id);
}
