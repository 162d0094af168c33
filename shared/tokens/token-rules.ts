import type { Context } from '#shared/core/context.ts';
import type { Site } from '#shared/sites/site.ts';
import { isPast, OWN, type Token, type TokenType } from '#shared/tokens/token.ts';
import type { Verdict } from '#shared/tokens/verdict.ts';

/** What the token is by itself, wherever it is shown. */
export function standingOf(
  ctx: Pick<Context, 'now'>,
  token: Token,
  shownAs?: (typeof TokenType.options)[number],
): Verdict {
  if (token.status === 'blocked' || token.status === 'lost') return 'blocked';
  if (token.status === 'expired' || isPast(ctx, token)) return 'expired';
  // An eMAID is proved by a certificate: nobody charges by typing it, or by writing it on a card.
  const isContract = token.type === 'emaid';
  if (shownAs && isContract !== (shownAs === 'emaid')) return 'invalid';
  // A partner that wants to be asked each time is not asked yet.
  return isOwn(token) || token.whitelist !== 'never' ? 'accepted' : 'invalid';
}

/** Whether a site lets a token in; undefined is one that is not stored. */
export function isLetIn(
  { status, access }: Pick<Site, 'status' | 'access'>,
  token: Pick<Token, 'labels' | 'issuer'> | undefined,
): boolean {
  if (status === 'closed') return false;
  if (access.type === 'public') return true;
  if (!token || !isOwn(token)) return false;
  return access.type === 'private' || hasLabelOf(token, access.driver_labels);
}

export const hasLabelOf = ({ labels }: Pick<Token, 'labels'>, wanted: readonly string[]): boolean =>
  labels.some((label) => wanted.includes(label));

export const isOwn = ({ issuer }: Pick<Token, 'issuer'>): boolean => issuer === OWN;
