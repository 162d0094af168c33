import type { Context } from '#shared/core/context.ts';
import { conflict } from '#shared/core/errors.ts';
import { hasScope } from '#shared/core/scopes.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { type ApiKey, endOf, isOver } from '#shared/organizations/api-key.ts';
import { allApiKeys } from '#shared/organizations/organization-keys.ts';

const ADMIN = 'admin:write';
/** What stays must last so long, or as long as what goes. */
const LASTS_DAYS = 30;

/**
 * What must hold when a key goes, so that nobody locks an organization out: where it can make keys,
 * another stays that can grant all it could. Throws conflict where there is none. Two that go at the same
 * time for the sake of each other do not both go.
 */
export async function ifAnotherStays(
  ctx: Context,
  going: ApiKey,
  coming?: ApiKey,
): Promise<Write[]> {
  if (!hasScope(going.scopes, ADMIN)) return [];
  if (coming && standsInFor(ctx, coming, going)) return [];
  const other = (await allApiKeys(ctx)).find(
    ({ key }) => key.id !== going.id && standsInFor(ctx, key, going),
  );
  if (!other)
    throw conflict(
      'No other key with admin:write could grant all that this one can, for 30 days or as long: create one first, or one that replaces it.',
    );
  const { hash, key } = other;
  return [{ op: 'check', key: keys.apiKey(hash), when: { version: key.version } }];
}

function standsInFor({ now }: Context, key: ApiKey, going: ApiKey): boolean {
  if (isOver(key, now())) return false;
  const grants = [ADMIN, ...going.scopes].every((scope) => hasScope(key.scopes, scope));
  return grants && reaches(key, going) && lasts(now(), key, going);
}

const reaches = ({ site_ids: its }: ApiKey, { site_ids: wanted }: ApiKey): boolean =>
  its === null || (wanted?.every((id) => its.includes(id)) ?? false);

function lasts(now: Date, key: ApiKey, going: ApiKey): boolean {
  const end = endOf(key);
  if (end === null) return true;
  const enough = plusSeconds(now.toISOString(), LASTS_DAYS * 86_400);
  const wanted = [enough, endOf(going) ?? enough].map((at) => Date.parse(at));
  return Date.parse(end) >= Math.min(...wanted);
}
