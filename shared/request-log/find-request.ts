import { callerId } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { timeOfId } from '#shared/core/ids.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';
import { RequestRecord } from '#shared/request-log/request-record.ts';

/** Throws not_found, for a request of another organization too. */
export async function getRequest(ctx: Context, id: string): Promise<RequestRecord> {
  const madeAt = timeOfId(id);
  if (madeAt === undefined) throw notFound('Request');
  const item = await ctx.table.get(keys.request(ctx.tenantId, new Date(madeAt).toISOString(), id));
  const record = item && RequestRecord.parse(item);
  if (!record || !maySeeRequest(ctx, record)) throw notFound('Request');
  return record;
}

/** Requests are of no site: a credential restricted to some sees its own. */
export const maySeeRequest = (ctx: Context, { credential }: RequestRecord): boolean =>
  !allowedSites(ctx) || credential.id === callerId(ctx);
