import type { Context } from '#shared/core/context.ts';
import { entryKey, entryOf, type ListEntry } from '#shared/local-lists/list-entry.ts';
import type { Site } from '#shared/sites/site.ts';
import type { Token } from '#shared/tokens/token.ts';
import { hasLabelOf, isLetIn, isOwn, standingOf } from '#shared/tokens/token-rules.ts';

interface Where {
  /** Undefined where the charger stands at none: nobody is kept out. */
  readonly site: Pick<Site, 'status' | 'access' | 'local_list'> | undefined;
  /** Of the organization, where the site says nothing. */
  readonly policy: 'all' | 'labels';
  readonly most: number;
  readonly longestUid: number;
}

/**
 * The tokens that belong on a charger's list: its organization's own that may charge there. Where there
 * is no room for all, those registered first are on it: a list that changes with every use would be sent
 * again with every use.
 */
export function entriesFor(
  ctx: Pick<Context, 'now'>,
  tokens: readonly Token[],
  { site, policy, most, longestUid }: Where,
): { entries: ListEntry[]; leftOut: number } {
  const wantsLabel = (site?.local_list ?? policy) === 'labels';
  const listed = tokens.filter(
    (token) =>
      isOwn(token) &&
      standingOf(ctx, token) === 'accepted' &&
      (!site || isLetIn(site, token)) &&
      (!wantsLabel || hasLabelOf(token, site?.access.driver_labels ?? [])) &&
      token.uid.length <= longestUid,
  );
  const entries = listed.slice(0, most).map(entryOf);
  return {
    entries: entries.sort((a, b) => (entryKey(a) < entryKey(b) ? -1 : 1)),
    leftOut: listed.length - entries.length,
  };
}
