import { callerId } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';

/** An operation that will go away; at least twelve months lie between the two dates. */
export interface Deprecation {
  /** RFC 3339 dates. */
  readonly since: string;
  readonly sunset: string;
  /** A page that tells what to use instead. */
  readonly see: string;
}

/** `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and where to read on. */
export function deprecationHeaders({ deprecated }: Endpoint): Record<string, string> {
  if (!deprecated) return {};
  const { since, sunset, see } = deprecated;
  return {
    Deprecation: `@${Date.parse(since) / 1000}`,
    Sunset: new Date(sunset).toUTCString(),
    Link: `<${see}>; rel="deprecation"; type="text/html"`,
  };
}

const REMEMBERED_S = 90 * 86_400;

/** Notes that the caller still uses it, for `whoami` to tell. */
export async function noteDeprecatedUse(ctx: Context, { id, deprecated }: Endpoint): Promise<void> {
  const caller = callerId(ctx);
  if (!deprecated || caller === null) return;
  const ttl = Math.floor(ctx.now().getTime() / 1000) + REMEMBERED_S;
  const key = keys.deprecatedUse(ctx.tenantId, caller, id);
  await ctx.table.write([{ op: 'put', item: { ...key, operation: id, ttl } }]);
}

/** The deprecated operations that this credential used in the last 90 days. */
export async function deprecatedUses(ctx: Context): Promise<string[]> {
  const rows = await readAll(ctx, keys.deprecatedUses(ctx.tenantId, callerId(ctx) ?? ''));
  return rows.map(({ operation }) => String(operation));
}
