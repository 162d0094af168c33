import type { Context } from '#shared/core/context.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import type { PackedSample } from '#shared/sessions/sample.ts';
import type { LiveSession } from '#shared/sessions/session.ts';

const KEPT_DAYS = { live: 396, test: 90 };

/** The samples of one message, as the series keeps them; `live` is as it was before its version rises. */
export function sampleRow(ctx: Context, live: LiveSession, samples: readonly PackedSample[]): Item {
  const [first] = samples;
  const days = ctx.livemode ? KEPT_DAYS.live : KEPT_DAYS.test;
  const ttl = Math.floor(ctx.now().getTime() / 1000) + days * 86_400;
  const at = first?.[0] ?? ctx.now().toISOString();
  return { ...keys.meterSample(ctx.tenantId, live.session_id, at, live.version + 1), samples, ttl };
}
