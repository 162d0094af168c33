import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { SessionStatus } from '#shared/sessions/session.ts';
import { getSession } from '#shared/sessions/session-view.ts';

export const TimelineEntry = z
  .object({
    at: z.iso.datetime(),
    status: SessionStatus.meta({ description: 'Status of the session from then on.' }),
    because: z.string().meta({ example: 'The charger began the transaction.' }),
    cause: z.object({
      type: z.string(),
      ref: z.string().nullable(),
      actor: z.string().nullable(),
    }),
  })
  .meta({ id: 'TimelineEntry', description: 'One step of a session, and what caused it.' });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** What happened in a session and why, oldest first. Throws not_found. */
export async function sessionTimeline(
  ctx: Context,
  sessionId: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: TimelineEntry[]; cursor?: string }> {
  await getSession(ctx, sessionId);
  const page = await ctx.table.query({
    ...keys.timelineOf(ctx.tenantId, sessionId),
    limit,
    ...(cursor ? { cursor } : {}),
  });
  const items = page.items.map((item) => TimelineEntry.parse(item));
  return { items, ...(page.cursor ? { cursor: page.cursor } : {}) };
}
