import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import type { Authorization, Verdict } from '#shared/tokens/token.ts';

const statusOf: Record<Verdict, 'Accepted' | 'Blocked' | 'Expired' | 'Unknown'> = {
  accepted: 'Accepted',
  blocked: 'Blocked',
  expired: 'Expired',
  unknown: 'Unknown',
};

/** Our verdict as 2.0.1 says it. */
export const idTokenInfo = ({
  verdict,
  token,
}: Authorization): Payload<'ocpp2.0.1', 'Authorize', 'response'>['idTokenInfo'] => ({
  status: statusOf[verdict],
  ...(token?.valid_until ? { cacheExpiryDateTime: token.valid_until } : {}),
  ...(token?.group_id ? { groupIdToken: { idToken: token.group_id, type: 'Central' } } : {}),
});
