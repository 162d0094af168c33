import { isCaller } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { timeOfId } from '#shared/core/ids.ts';
import { keys } from '#shared/db/keys.ts';
import { RequestRecord } from '#shared/request-log/request-record.ts';

export const REQUEST_DAYS = 30;
const DAY_S = 86_400;
const [PATH_AT_MOST, AGENT_AT_MOST] = [300, 160];

export type Answered = Omit<
  RequestRecord,
  'created_at' | 'duration_ms' | 'credential' | 'livemode'
> & { readonly startedAt: Date };

/**
 * Keeps what there is to know of a request for whoever asks by its id: no body, no query, no header that
 * could hold a secret. Of nobody known there is no log to keep it in. A request is never refused since it
 * could not be written down.
 */
export async function keepRequest(
  ctx: Pick<Context, 'tenantId' | 'livemode' | 'actor' | 'table' | 'log' | 'now'>,
  { startedAt, ...answered }: Answered,
): Promise<void> {
  const { actor } = ctx;
  const madeAt = timeOfId(answered.id);
  if (!isCaller(actor) || madeAt === undefined) return;
  const created_at = new Date(madeAt).toISOString();
  const record: RequestRecord = {
    ...answered,
    path: answered.path.slice(0, PATH_AT_MOST),
    user_agent: answered.user_agent?.slice(0, AGENT_AT_MOST) ?? null,
    created_at,
    duration_ms: Math.max(0, ctx.now().getTime() - startedAt.getTime()),
    credential: { type: actor.kind, id: actor.id, client_id: actor.clientId ?? null },
    livemode: ctx.livemode,
  };
  const key = keys.request(ctx.tenantId, created_at, record.id);
  const ttl = Math.floor(madeAt / 1000) + REQUEST_DAYS * DAY_S;
  try {
    await ctx.table.write([{ op: 'put', item: { ...RequestRecord.parse(record), ...key, ttl } }]);
  } catch (error) {
    ctx.log.warn('A request was not written down', { request_id: record.id, error });
  }
}
