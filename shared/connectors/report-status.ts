import { Charger } from '#shared/chargers/charger.ts';
import { findConnection } from '#shared/chargers/connectivity.ts';
import { chargerItem } from '#shared/chargers/register-charger.ts';
import { Connector, type ConnectorStatus } from '#shared/connectors/connector.ts';
import { statusEvents } from '#shared/connectors/status-events.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { later, secondsBetween } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';

export interface StatusReport {
  readonly chargerId: string;
  readonly connector: number;
  readonly status: ConnectorStatus;
  readonly errorCode: string | null;
  readonly vendorErrorCode: string | null;
  /** When the charger says so; undefined, or a time that cannot be, counts as now. */
  readonly at?: string | undefined;
  /** The charger says that it reports this after the fact (2.0.1). */
  readonly offline?: boolean;
}

/** Clocks before this were never set (chargers boot in 1970 or 2000). */
const CLOCK_SET_SINCE = '2020-01-01T00:00:00Z';
const TOLERANCE_MS = 5 * 60_000;
/** What a charger could not say while it was away it says in this time after its socket opens. */
const REPLAY_S = 600;

/**
 * A connector's status. News older than what we hold (a replay after an outage) is dropped as
 * outdated, and a repeat costs nothing. Answers the connector as it stands. `asRead`: the connector as
 * the caller has just read it.
 */
export async function reportStatus(
  ctx: Context,
  report: StatusReport,
  asRead?: Connector,
): Promise<{ connector: Connector; outdated: boolean }> {
  let known = asRead;
  return retrying(async () => {
    const before = known ?? (await ensureConnector(ctx, report.chargerId, report.connector));
    known = undefined;
    const at = credible(ctx, report.at);
    const outdated = await isOutdated(ctx, report, at, before);
    const same =
      before.status === report.status &&
      before.error_code === report.errorCode &&
      before.vendor_error_code === report.vendorErrorCode &&
      before.status_updated_at !== null;
    if (outdated || same) return { connector: before, outdated };
    const connector: Connector = {
      ...before,
      status: report.status,
      error_code: report.errorCode,
      vendor_error_code: report.vendorErrorCode,
      status_reported_at: later(before.status_reported_at ?? undefined, at),
      status_updated_at: isoNow(ctx),
      version: before.version + 1,
    };
    await save(ctx, before, connector);
    return { connector, outdated };
  });
}

/**
 * Older by much than what we hold, from a charger that was there all the time: then its clock was set
 * back, and what it says is new.
 */
async function isOutdated(
  ctx: Context,
  { chargerId, offline }: StatusReport,
  at: string,
  { status_reported_at: held }: Connector,
): Promise<boolean> {
  if (held === null || at >= held) return false;
  if (offline || Date.parse(held) - Date.parse(at) <= TOLERANCE_MS) return true;
  const connection = await findConnection(ctx, chargerId);
  return secondsBetween(connection?.opened_at ?? isoNow(ctx), isoNow(ctx)) < REPLAY_S;
}

async function save(ctx: Context, before: Connector, after: Connector): Promise<void> {
  const charger = await ctx.table.get(keys.charger(ctx.tenantId, after.charger_id));
  const site_id = charger ? Charger.parse(charger).site_id : null;
  await commit(ctx, {
    aggregate: { kind: 'connector', id: `${after.charger_id}/${after.id}`, version: after.version },
    writes: [{ op: 'put', item: connectorItem(ctx, after), when: { version: before.version } }],
    events: statusEvents(ctx, before, after, site_id),
  });
}

/** The connector's row, made on first mention: chargers have more connectors than we were told. */
export async function ensureConnector(
  ctx: Context,
  chargerId: string,
  n: number,
  extra: Partial<Connector> = {},
): Promise<Connector> {
  const key = keys.connector(ctx.tenantId, chargerId, n);
  const item = await ctx.table.get(key);
  if (item) return Connector.parse(item);
  const connector = Connector.parse({ ...extra, charger_id: chargerId, id: n, version: 1 });
  const found = await ctx.table.get(keys.charger(ctx.tenantId, chargerId));
  if (!found) return connector;
  const charger = Charger.parse(found);
  const ids = [...new Set([...charger.connector_ids, n])].sort((a, b) => a - b);
  const next = { ...charger, connector_ids: ids, version: charger.version + 1 };
  await ctx.table.write([
    { op: 'put', item: connectorItem(ctx, connector), when: 'absent' },
    { op: 'put', item: chargerItem(ctx, next), when: { version: charger.version } },
  ]);
  return connector;
}

/** An open session, or a reservation, is a set attribute, never null: "one at a time" is a condition on it. */
export const connectorItem = (ctx: Context, connector: Connector) => ({
  ...connector,
  session_id: connector.session_id ?? undefined,
  reservation_id: connector.reservation_id ?? undefined,
  ...keys.connector(ctx.tenantId, connector.charger_id, connector.id),
});

function credible(ctx: Context, at: string | undefined): string {
  const now = ctx.now().getTime();
  const time = at === undefined ? Number.NaN : Date.parse(at);
  const trusted = time >= Date.parse(CLOCK_SET_SINCE) && time <= now + TOLERANCE_MS;
  return new Date(trusted ? Math.min(time, now) : now).toISOString();
}
