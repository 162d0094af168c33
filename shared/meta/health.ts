import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { type Context, isoNow } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';

const SLOW_MS = 2000;

export const Health = z
  .object({
    status: z.enum(['ok', 'degraded']),
    checked_at: z.iso.datetime(),
    components: z.array(
      z.object({ name: z.string().meta({ example: 'storage' }), status: z.enum(['ok', 'down']) }),
    ),
  })
  .meta({ id: 'Health', description: 'Whether the platform works, part by part.' });
export type Health = z.infer<typeof Health>;

/** Asks each part for a sign of life, for two seconds at most. */
export async function checkHealth(ctx: Context): Promise<Health> {
  const storage = (await answers(ctx)) ? 'ok' : 'down';
  return {
    status: storage === 'ok' ? 'ok' : 'degraded',
    checked_at: isoNow(ctx),
    components: [{ name: 'storage', status: storage }],
  };
}

async function answers(ctx: Context): Promise<boolean> {
  const done = new AbortController();
  const late = wait(SLOW_MS, false, { signal: done.signal }).catch(() => false);
  // Any row will do; this one is never there.
  const read = ctx.table.get(keys.organization('health')).then(
    () => true,
    (error: unknown) => {
      ctx.log.error('The table does not answer', { error });
      return false;
    },
  );
  const first = await Promise.race([read, late]);
  done.abort();
  return first;
}
