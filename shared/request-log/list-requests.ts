import type { Context } from '#shared/core/context.ts';
import { lowestIdAt, timeOfId } from '#shared/core/ids.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { mergedRows } from '#shared/db/merged-rows.ts';
import { maySeeRequest } from '#shared/request-log/find-request.ts';
import { REQUEST_DAYS } from '#shared/request-log/keep-request.ts';
import { RequestRecord } from '#shared/request-log/request-record.ts';

export interface RequestFilter {
  /** `409`, or `4xx`. */
  readonly status?: string | undefined;
  readonly operation?: string | undefined;
  readonly credential_id?: string | undefined;
  readonly correlation_id?: string | undefined;
  readonly created_after?: string | undefined;
  readonly created_before?: string | undefined;
}

const DAY_MS = 86_400_000;
/** One call looks at no more than this, however few of them match; its cursor goes on from there. */
const ROWS_AT_MOST = 2000;
const DAYS_AT_ONCE = 7;

/** Requests, newest first. The cursor is an id: of the last one read, or where a day ends. */
export async function listRequests(
  ctx: Context,
  filter: RequestFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: RequestRecord[]; cursor?: string }> {
  const items: RequestRecord[] = [];
  let read = 0;
  let place: string | undefined;
  for await (const row of rowsOf(ctx, boundsOf(ctx, filter, cursor), limit)) {
    if (typeof row === 'string') return { items, cursor: row };
    if (place && (items.length === limit || read === ROWS_AT_MOST)) return { items, cursor: place };
    place = row.sk;
    read += 1;
    const record = RequestRecord.parse(row);
    if (maySeeRequest(ctx, record) && isWanted(record, filter)) items.push(record);
  }
  return { items };
}

function isWanted(record: RequestRecord, filter: RequestFilter): boolean {
  const { status, operation, credential_id, correlation_id } = filter;
  const code = String(record.status);
  return (
    (status === undefined || code === status || status === `${code[0]}xx`) &&
    (operation === undefined || record.operation === operation) &&
    (credential_id === undefined || record.credential.id === credential_id) &&
    (correlation_id === undefined || record.correlation_id === correlation_id)
  );
}

/** Both exclusive; as milliseconds, and the last also as the id it is. */
function boundsOf(ctx: Context, filter: RequestFilter, cursor: string | undefined) {
  const { created_after: from, created_before: to } = filter;
  const now = ctx.now().getTime();
  const oldest = now - REQUEST_DAYS * DAY_MS;
  const first = from === undefined ? oldest : Math.max(oldest, Date.parse(from));
  const last = to === undefined ? now + 1 : Math.min(now + 1, Date.parse(to));
  const before = lowestIdAt('req', last);
  return { first, before: cursor !== undefined && cursor < before ? cursor : before };
}

/** Rows, and a place to go on from instead of the next row where the days of one call are used up. */
async function* rowsOf(
  ctx: Context,
  { first, before }: ReturnType<typeof boundsOf>,
  limit: number,
): AsyncGenerator<Item | string> {
  const after = lowestIdAt('req', first);
  const range = { after, before, newestFirst: true, pageSize: Math.ceil(limit / 8) + 2 };
  let start = startOfDay((timeOfId(before) ?? 0) - 1);
  for (let day = 0; start + DAY_MS > first; day += 1, start -= DAY_MS) {
    if (day === DAYS_AT_ONCE) {
      yield lowestIdAt('req', start + DAY_MS);
      return;
    }
    const at = new Date(start).toISOString();
    yield* mergedRows(ctx.table, keys.requestsOfDay(ctx.tenantId, at), range);
  }
}

const startOfDay = (ms: number) => Math.floor(ms / DAY_MS) * DAY_MS;
