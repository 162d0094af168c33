import * as z from 'zod';
import type { Connector, Grant, Tag } from '#simulator/charger-state.ts';
import { decideGrant, type Verdict } from '#simulator/charging/authorization.ts';
import { findConnector } from '#simulator/charging/connectors.ts';
import { onResult } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { settingFlag } from '#simulator/settings.ts';
import type { Payload, Turn } from '#simulator/turn.ts';

export const idToken = ({ id, kind }: Tag): { idToken: string; type: string } => ({
  idToken: id,
  type: kind,
});

export function authorize(turn: Turn, connector: Connector, grant: Grant): void {
  const payload = { idToken: idToken(grant.tag), ...contractOf(turn, grant) };
  enqueue(turn, { action: 'Authorize', payload, connectorId: connector.id });
}

/** The contract itself only where the platform may check it; its hashes always [2.0.1 C07]. */
function contractOf(turn: Turn, { contract }: Grant): Payload {
  if (!contract) return {};
  const { certificate, hashData } = contract;
  return {
    ...(certificate && settingFlag(turn, 'contractValidation') ? { certificate } : {}),
    ...(hashData?.length ? { iso15118CertificateHashData: hashData } : {}),
  };
}

export const IdTokenInfo = z.object({
  status: z.string(),
  groupIdToken: z.object({ idToken: z.string() }).optional(),
});

export const verdictOf = ({ status, groupIdToken }: z.infer<typeof IdTokenInfo>): Verdict => ({
  accepted: status === 'Accepted',
  group: groupIdToken?.idToken ?? null,
});

const AuthorizeResult = z.object({
  idTokenInfo: IdTokenInfo,
  certificateStatus: z.string().optional(),
});

export const authorizeResult = onResult(AuthorizeResult, (turn, connectorId, result) => {
  const connector = findConnector(turn.state, connectorId);
  if (!connector) return;
  const contractIsGood = (result?.certificateStatus ?? 'Accepted') === 'Accepted';
  const verdict = result && verdictOf(result.idTokenInfo);
  decideGrant(
    turn,
    connector,
    verdict && { ...verdict, accepted: verdict.accepted && contractIsGood },
  );
});
