import type { Connector } from '#shared/connectors/connector.ts';
import { occupiedStatus } from '#shared/connectors/occupied-status.ts';
import { ensureConnector, reportStatus } from '#shared/connectors/report-status.ts';
import type { Context } from '#shared/core/context.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';

/**
 * The connector shows what its session does, since Occupied does not say. One that is free already (the
 * cable was pulled before the end was reported), or another session's by now, is left as it is.
 */
export async function showOnConnector(
  ctx: Context,
  { session, live }: WholeSession,
  place: Connector | undefined,
  {
    timestamp: at,
    offline = false,
  }: { timestamp?: string | undefined; offline?: boolean | undefined },
): Promise<void> {
  const n = place?.id ?? session.connector;
  if (n === 0) return;
  const { charger_id: chargerId } = session;
  const connector = await ensureConnector(ctx, chargerId, n);
  const over = live.status === 'ended' || live.status === 'failed';
  if (over && connector.status === 'Available') return;
  if (connector.session_id !== null && connector.session_id !== session.id) return;
  const was = { status: over ? ('Charging' as const) : ('Preparing' as const) };
  const status = occupiedStatus(was, live);
  const told = { status, errorCode: null, vendorErrorCode: null, at, offline };
  await reportStatus(ctx, { chargerId, connector: n, ...told }, connector);
}
