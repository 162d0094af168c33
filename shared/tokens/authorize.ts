import type { Charger } from '#shared/chargers/charger.ts';
import { findCharger } from '#shared/chargers/charger-view.ts';
import type { Context } from '#shared/core/context.ts';
import { getOrganization, type Organization } from '#shared/organizations/organization.ts';
import { reservedForAnother } from '#shared/reservations/reserved-for-another.ts';
import { findSite } from '#shared/sites/site.ts';
import { chargesHere } from '#shared/tokens/charges-here.ts';
import { hasEnoughOpen } from '#shared/tokens/open-sessions.ts';
import { findToken, type Token, type TokenType } from '#shared/tokens/token.ts';
import { isLetIn, standingOf } from '#shared/tokens/token-rules.ts';
import type { Verdict } from '#shared/tokens/verdict.ts';

/** A token, where it is shown, and what for. */
export interface Shown {
  readonly uid: string;
  /** What the charger says it is, where its protocol has words for that. */
  readonly shownAs?: (typeof TokenType.options)[number] | undefined;
  readonly chargerId?: string | undefined;
  /** Not told where one reader serves a whole charger. */
  readonly connector?: number | undefined;
  /**
   * `standing`: whether it may charge there at all. `present`: it is held to the reader, to start or to
   * stop. `start`: a transaction begins with it.
   */
  readonly purpose: 'standing' | 'present' | 'start';
}

export interface Authorization {
  readonly verdict: Verdict;
  readonly token: Token | undefined;
  /** What was read on the way, for whoever goes on. */
  readonly charger?: Charger | undefined;
  readonly organization?: Organization | undefined;
}

/** Of a transaction without a token: nobody was asked, and nobody refuses. */
export const unasked: Authorization = { verdict: 'accepted', token: undefined };

/**
 * May this token charge? The one place that decides. Case and surrounding blanks do not matter. A
 * sandbox accepts what it does not know; elsewhere an unknown token is refused, and what it charged is
 * kept all the same.
 */
export async function authorize(ctx: Context, shown: Shown): Promise<Authorization> {
  const token = await findToken(ctx, shown.uid);
  // The tag of one session opens that session, which was allowed when it was asked for.
  if (token?.type === 'virtual') return { verdict: standingOf(ctx, token), token };
  const isAsked = !token || shown.purpose === 'start';
  const [charger, organization] = await Promise.all([
    shown.chargerId === undefined ? undefined : findCharger(ctx, shown.chargerId),
    isAsked ? getOrganization(ctx) : undefined,
  ]);
  const verdict = await verdictOn(ctx, shown, { token, charger, organization });
  return { verdict, token, charger, organization };
}

type Known = Omit<Authorization, 'verdict'>;

async function verdictOn(ctx: Context, shown: Shown, known: Known): Promise<Verdict> {
  const { token, charger, organization } = known;
  const isUnknownRefused = !token && !organization?.accept_unknown_tokens;
  if (isUnknownRefused) return 'unknown';
  const standing = token ? standingOf(ctx, token, shown.shownAs) : 'accepted';
  if (standing !== 'accepted') return standing;
  const refusal = await refusalHere(ctx, shown, { token, charger });
  // It would otherwise hold its car, or that of its group, to the cable.
  if (refusal && shown.purpose === 'present' && (await chargesHere(ctx, shown, token)))
    return 'accepted';
  if (refusal) return refusal;
  const isFull =
    shown.purpose === 'start' && token && organization
      ? await hasEnoughOpen(ctx, token, organization, shown)
      : false;
  return isFull ? 'concurrent' : 'accepted';
}

/** Why not here, or not now. */
async function refusalHere(
  ctx: Context,
  { uid, chargerId, connector, purpose }: Shown,
  { token, charger }: Pick<Known, 'token' | 'charger'>,
): Promise<Verdict | undefined> {
  const site = charger?.site_id ? await findSite(ctx, charger.site_id) : undefined;
  if (site && !isLetIn(site, token)) return 'not_at_this_site';
  if (purpose === 'standing' || chargerId === undefined) return undefined;
  const shown = { uid, group: token?.group_id, driver: token?.driver_id };
  const isKept = await reservedForAnother(ctx, { chargerId, connector }, shown);
  return isKept ? 'not_at_this_time' : undefined;
}
