import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import type { Authorization } from '#shared/tokens/authorize.ts';
import type { Verdict } from '#shared/tokens/verdict.ts';

type IdTagInfo = Payload<'ocpp1.6', 'Authorize', 'response'>['idTagInfo'];

/** 1.6 has no words for here and now: such a tag is blocked at this charger. */
const statusOf: Readonly<Record<Verdict, IdTagInfo['status']>> = {
  accepted: 'Accepted',
  blocked: 'Blocked',
  expired: 'Expired',
  unknown: 'Invalid',
  invalid: 'Invalid',
  concurrent: 'ConcurrentTx',
  not_at_this_site: 'Blocked',
  not_at_this_time: 'Blocked',
};

/** Our verdict as 1.6 says it. */
export const idTagInfo = ({
  verdict,
  token,
}: Pick<Authorization, 'verdict' | 'token'>): IdTagInfo => ({
  status: statusOf[verdict],
  ...validUntil(token?.valid_until),
  ...parentOf(token?.group_id),
});

/** What a charger may keep of it, and until when (gotcha 30). */
export const validUntil = (at: string | null | undefined): Pick<IdTagInfo, 'expiryDate'> =>
  at ? { expiryDate: at } : {};

/** A group of a longer name cannot be told, and its beginning could be that of another. */
export const parentOf = (group: string | null | undefined): Pick<IdTagInfo, 'parentIdTag'> =>
  group && group.length <= LONGEST_TAG ? { parentIdTag: group } : {};

/** IdToken of 1.6: CiString20Type (§7.28). */
export const LONGEST_TAG = 20;
