import type { IdTokenInfoType } from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';
import type { Authorization } from '#shared/tokens/authorize.ts';
import type { Verdict } from '#shared/tokens/verdict.ts';

const statusOf: Readonly<Record<Verdict, IdTokenInfoType['status']>> = {
  accepted: 'Accepted',
  blocked: 'Blocked',
  expired: 'Expired',
  unknown: 'Unknown',
  invalid: 'Invalid',
  concurrent: 'ConcurrentTx',
  not_at_this_site: 'NotAtThisLocation',
  not_at_this_time: 'NotAtThisTime',
};

/** Our verdict as 2.0.1 says it. */
export const idTokenInfo = ({
  verdict,
  token,
}: Pick<Authorization, 'verdict' | 'token'>): IdTokenInfoType => ({
  status: statusOf[verdict],
  ...validUntil(token?.valid_until),
  ...groupOf(token?.group_id),
});

/** What a charger may keep of it, and until when (gotcha 30). */
export const validUntil = (
  at: string | null | undefined,
): Pick<IdTokenInfoType, 'cacheExpiryDateTime'> => (at ? { cacheExpiryDateTime: at } : {});

/** Tokens of one group may stop each other's transactions (C09). */
export const groupOf = (group: string | null | undefined): Pick<IdTokenInfoType, 'groupIdToken'> =>
  group && group.length <= LONGEST_TOKEN
    ? { groupIdToken: { idToken: group, type: 'Central' } }
    : {};

/** IdTokenType.idToken of 2.0.1: identifierString[36]. */
export const LONGEST_TOKEN = 36;
