import { AuditEntry } from '#shared/audit/audit-entry.ts';
import { Scissors } from '#shared/audit/cut.ts';
import {
  type ChangedRow,
  changedRows,
  changesOf,
  changesTold,
  keysBefore,
  nameOf,
  noteOf,
  shownWrites,
} from '#shared/audit/record-changes.ts';
import { isCaller } from '#shared/core/caller.ts';
import type { Context, Witness, Witnessed } from '#shared/core/context.ts';
import { timeOfId } from '#shared/core/ids.ts';
import type { Item, Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

/** What an entry tells of the request. */
export interface RequestTold {
  readonly operation: string;
  readonly correlationId: string | null;
  readonly address: string | null;
  readonly userAgent: string | null;
}

const DAY_S = 86_400;
export const KEPT_DAYS = { live: 731, test: 90 };
const OBJECTS_AT_MOST = 50;

/**
 * Writes down each change that a request makes: an entry of the audit log is one more row of the change's
 * own transaction. What there was before is read first; the versions the transaction asks for make it true.
 */
export const witnessOf =
  (told: RequestTold): Witness =>
  async (ctx, change) => {
    const { writes, events = [] } = change;
    const rows = await readRows(ctx, shownWrites(writes));
    const own = changesOf(rows);
    const changes = [...own, ...changesTold(events, own), ...noteOf(change)];
    const chargerId = chargerOf(change, rows);
    const siteIds = await sitesOf(ctx, change, rows, chargerId);
    const scissors = new Scissors();
    const short = (fields: object | null) =>
      fields &&
      Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [name, scissors.shorten(value)]),
      );
    const id = ctx.newId('aud');
    const entry = AuditEntry.parse({
      id,
      created_at: new Date(timeOfId(id) ?? ctx.now()).toISOString(),
      livemode: ctx.livemode,
      action: told.operation,
      actor: actorOf(ctx),
      object: { type: change.aggregate.kind, id: change.aggregate.id },
      site_ids: siteIds,
      charger_id: chargerId,
      request: {
        id: ctx.cause.request_id,
        correlation_id: told.correlationId,
        idempotency_key: ctx.cause.idempotency_key,
        address: told.address,
        user_agent: told.userAgent?.slice(0, 300) ?? null,
      },
      changes: changes
        .slice(0, OBJECTS_AT_MOST)
        .map((one) => ({ ...one, before: short(one.before), after: short(one.after) })),
      truncated: scissors.cut || changes.length > OBJECTS_AT_MOST,
    });
    return entryWrite(ctx, entry);
  };

/** Nobody changes an entry, and nothing deletes it but its end. */
function entryWrite(ctx: Context, entry: AuditEntry): Write {
  const days = ctx.livemode ? KEPT_DAYS.live : KEPT_DAYS.test;
  const item: Item = {
    ...entry,
    ...keys.auditEntry(ctx.tenantId, entry.created_at, entry.id),
    ...keys.auditEntriesOf(ctx.tenantId, entry.object.id, entry.id),
    ...(entry.charger_id === null
      ? {}
      : keys.auditEntriesAt(ctx.tenantId, entry.charger_id, entry.id)),
    ttl: Math.floor(ctx.now().getTime() / 1000) + days * DAY_S,
  };
  return { op: 'put', when: 'absent', item };
}

async function readRows(ctx: Context, writes: readonly Write[]): Promise<ChangedRow[]> {
  const wanted = keysBefore(writes);
  const found = wanted.length === 0 ? [] : await ctx.table.batchGet(wanted);
  return changedRows(writes, new Map(wanted.map((key, n) => [nameOf(key), found[n]])));
}

function actorOf({ actor }: Context) {
  if (!isCaller(actor)) throw new Error('Only callers are written down.');
  const { kind, id, clientId, homeOrganizationId } = actor;
  return {
    ...{ type: kind, id, client_id: clientId ?? null },
    organization_id: homeOrganizationId ?? null,
  };
}

function chargerOf({ aggregate, events = [] }: Witnessed, rows: readonly ChangedRow[]) {
  if (aggregate.kind === 'charger') return aggregate.id;
  const told = events.map(({ scope }) => scope?.charger_id);
  const written = valuesOf(rows, 'charger_id');
  return [...told, ...written].find((id) => typeof id === 'string') ?? null;
}

/** Those of the object, as its rows and events name them; of a charger's command, the charger's. */
async function sitesOf(
  ctx: Context,
  { aggregate, events = [] }: Witnessed,
  rows: readonly ChangedRow[],
  chargerId: string | null,
): Promise<string[] | null> {
  const own = aggregate.kind === 'site' ? [aggregate.id] : [];
  const told = events.map(({ scope }) => scope?.site_id);
  const lists = valuesOf(rows, 'site_ids');
  // Null is all sites: no business of those who reach some.
  if (lists.includes(null)) return null;
  const match = valuesOf(rows, 'match').map((one) => Object(one)['site_id']);
  const named = [...own, ...told, ...valuesOf(rows, 'site_id'), ...lists.flat(), ...match];
  const sites = named.filter((id) => typeof id === 'string');
  if (sites.length > 0) return [...new Set(sites)].sort();
  if (chargerId === null) return null;
  const charger = await ctx.table.get(keys.charger(ctx.tenantId, chargerId));
  const site = charger?.['site_id'];
  return typeof site === 'string' ? [site] : null;
}

const valuesOf = (rows: readonly ChangedRow[], name: string): unknown[] =>
  rows.flatMap(({ before, after }) => [before?.[name], after?.[name]]);
