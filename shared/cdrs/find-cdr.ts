import * as z from 'zod';
import { Cdr } from '#shared/cdrs/cdr.ts';
import { type CdrView, cdrView } from '#shared/cdrs/cdr-view.ts';
import type { Context } from '#shared/core/context.ts';
import { reachesDriver } from '#shared/core/driver-access.ts';
import { notFound } from '#shared/core/errors.ts';
import { reachesSite } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';

/** The row that makes a session's CDR unique. */
const Pointer = z.object({ cdr_id: z.string() });

export async function findCdrOfSession(ctx: Context, sessionId: string): Promise<Cdr | undefined> {
  return (await findCdrsOfSessions(ctx, [sessionId])).get(sessionId);
}

/** Whole CDRs by session id; sessions without one are left out. */
export async function findCdrsOfSessions(
  ctx: Context,
  sessionIds: readonly string[],
): Promise<Map<string, Cdr>> {
  const t = ctx.tenantId;
  const pointers = await ctx.table.batchGet(sessionIds.map((id) => keys.cdrOfSession(t, id)));
  const ids = pointers.filter((row) => row !== undefined).map((row) => Pointer.parse(row).cdr_id);
  const rows = await ctx.table.batchGet(ids.map((id) => keys.cdr(t, id)));
  const cdrs = rows.filter((row) => row !== undefined).map((row) => Cdr.parse(row));
  return new Map(cdrs.map((cdr) => [cdr.session_id, cdr]));
}

/** A CDR as `GET /v1/cdrs/{cdr_id}` answers it. Throws not_found. */
export async function getCdr(ctx: Context, id: string): Promise<CdrView> {
  const row = await ctx.table.get(keys.cdr(ctx.tenantId, id));
  const cdr = row && Cdr.parse(row);
  if (!cdr || !mayReachCdr(ctx, cdr)) throw notFound('CDR');
  return cdrView(cdr);
}

/** A credential restricted to sites sees what was charged there; a driver sees the own CDRs. */
export const mayReachCdr = (ctx: Context, { site_id, driver_id }: Cdr): boolean =>
  reachesSite(ctx, site_id) && reachesDriver(ctx, driver_id);
