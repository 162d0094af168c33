import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import type { Authorization, Verdict } from '#shared/tokens/token.ts';

const statusOf: Record<Verdict, 'Accepted' | 'Blocked' | 'Expired' | 'Invalid'> = {
  accepted: 'Accepted',
  blocked: 'Blocked',
  expired: 'Expired',
  unknown: 'Invalid',
};

/** Our verdict as 1.6 says it. */
export const idTagInfo = ({
  verdict,
  token,
}: Authorization): Payload<'ocpp1.6', 'Authorize', 'response'>['idTagInfo'] => ({
  status: statusOf[verdict],
  ...(token?.valid_until ? { expiryDate: token.valid_until } : {}),
  ...(token?.group_id ? { parentIdTag: token.group_id.slice(0, 20) } : {}),
});
