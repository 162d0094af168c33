import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import { findCharger } from '#shared/chargers/charger-view.ts';
import { findConnection } from '#shared/chargers/connectivity.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { dueTask } from '#shared/events/task.ts';
import { allTokens } from '#shared/local-lists/all-tokens.ts';
import { findLocalList, listWrite } from '#shared/local-lists/local-list.ts';
import { beginSync, syncUnderWay, wantedList } from '#shared/local-lists/start-sync.ts';
import { RefreshLocalLists } from '#shared/local-lists/tasks.ts';
import type { Token } from '#shared/tokens/token.ts';

/** Changes come in swarms: they are gathered for so long, and then compared once. */
const GATHERED_S = 60;
/** Should the task be lost, the next change makes a new one. */
const FORGOTTEN_S = 900;
const CHARGERS_PER_TASK = 25;
/** A charger that is offline gets its changes when it comes back. */
const WAITS_S = 7 * 86_400;

/** Lists may be out of date: they are compared soon, once for all that changes until then. */
export async function requestRefresh(ctx: Context): Promise<void> {
  const { items } = await ctx.table.query({ ...keys.listedChargers(ctx.tenantId), limit: 1 });
  if (items.length === 0) return;
  const at = plusSeconds(isoNow(ctx), GATHERED_S);
  const ttl = Math.floor(Date.parse(at) / 1000) + FORGOTTEN_S;
  try {
    await commit(ctx, {
      aggregate: { kind: 'list_refresh', id: ctx.newId('task'), version: 1 },
      writes: [
        { op: 'put', when: 'absent', item: { ...keys.listRefresh(ctx.tenantId), due_at: at, ttl } },
      ],
      tasks: [dueTask(ctx, RefreshLocalLists, {}, at)],
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

/** The list of one charger may be out of date. */
export async function requestRefreshOf(ctx: Context, chargerId: string): Promise<void> {
  await enqueue(ctx, [[chargerId]]);
}

/** Has all lists compared, some chargers at a time. What changes from now on is compared again. */
export async function refreshAll(ctx: Context): Promise<void> {
  await ctx.table.write([{ op: 'delete', key: keys.listRefresh(ctx.tenantId) }]);
  let cursor: string | undefined;
  do {
    const page = await ctx.table.query({
      ...keys.listedChargers(ctx.tenantId),
      limit: CHARGERS_PER_TASK * 20,
      ...(cursor ? { cursor } : {}),
    });
    const ids = page.items.map((item) => String(item['charger_id']));
    const groups = Array.from({ length: Math.ceil(ids.length / CHARGERS_PER_TASK) }, (_, n) =>
      ids.slice(n * CHARGERS_PER_TASK, (n + 1) * CHARGERS_PER_TASK),
    );
    await enqueue(ctx, groups);
    cursor = page.cursor;
  } while (cursor);
}

/** Brings the lists of these chargers up to date; those whose first call can go out now. */
export async function refreshSome(ctx: Context, chargerIds: readonly string[]): Promise<string[]> {
  const tokens = await allTokens(ctx);
  const begun: string[] = [];
  for (const id of chargerIds) if (await refreshOne(ctx, id, tokens)) begun.push(id);
  return begun;
}

async function refreshOne(ctx: Context, id: string, tokens: readonly Token[]): Promise<boolean> {
  const list = await findLocalList(ctx, id);
  if (!list) return false;
  const [charger, connection] = await Promise.all([findCharger(ctx, id), findConnection(ctx, id)]);
  if (!charger) {
    await forget(ctx, id);
    return false;
  }
  const version = connection?.ocpp_version ?? charger.ocpp_version;
  const speaking = { ...charger, ocpp_version: version };
  if (!version || !capabilitiesOf(speaking).local_list) return false;
  if (await syncUnderWay(ctx, list)) {
    await markOutdated(ctx, id);
    return false;
  }
  const wanted = await wantedList(ctx, { ...charger, ocpp_version: version }, tokens);
  if (wanted.edition === list.edition && !list.outdated) return false;
  await beginSync(ctx, { chargerId: id, expiresInSeconds: WAITS_S }, wanted);
  return true;
}

/** What is sent may lack what has changed: it is compared again when that is through. */
async function markOutdated(ctx: Context, id: string): Promise<void> {
  await retrying(async () => {
    const before = await findLocalList(ctx, id);
    if (!before || before.outdated) return;
    await ctx.table.write([listWrite(ctx, before, { outdated: true })]);
    if (!(await syncUnderWay(ctx, before))) await requestRefreshOf(ctx, id);
  });
}

/** The charger was retired. */
const forget = (ctx: Context, id: string): Promise<void> =>
  ctx.table.write([
    { op: 'delete', key: keys.localList(ctx.tenantId, id) },
    { op: 'delete', key: keys.listedCharger(ctx.tenantId, id) },
  ]);

const enqueue = async (ctx: Context, groups: readonly (readonly string[])[]): Promise<void> =>
  commit(ctx, {
    aggregate: { kind: 'list_refresh', id: ctx.newId('task'), version: 1 },
    writes: [],
    tasks: groups.map((ids) => dueTask(ctx, RefreshLocalLists, { charger_ids: [...ids] })),
  });
