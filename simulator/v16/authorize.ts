import * as z from 'zod';
import type { Connector, Grant } from '#simulator/charger-state.ts';
import { decideGrant, type Verdict } from '#simulator/charging/authorization.ts';
import { findConnector } from '#simulator/charging/connectors.ts';
import { onResult } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import type { Turn } from '#simulator/turn.ts';
import { authorizeContract } from '#simulator/v16/pnc-calls.ts';

/** A car with a contract is put before the platform with it, where we speak Plug & Charge. */
export function authorize(turn: Turn, connector: Connector, grant: Grant): void {
  if (grant.contract && turn.state.spec.plugAndCharge) {
    authorizeContract(turn, connector, grant);
    return;
  }
  const payload = { idTag: grant.tag.id.slice(0, 20) };
  enqueue(turn, { action: 'Authorize', payload, connectorId: connector.id });
}

export const IdTagInfo = z.object({ status: z.string(), parentIdTag: z.string().optional() });

export const verdictOf = ({ status, parentIdTag }: z.infer<typeof IdTagInfo>): Verdict => ({
  accepted: status === 'Accepted',
  group: parentIdTag ?? null,
});

export const authorizeResult = onResult(
  z.object({ idTagInfo: IdTagInfo }),
  (turn, connectorId, result) => {
    const connector = findConnector(turn.state, connectorId);
    if (connector) decideGrant(turn, connector, result && verdictOf(result.idTagInfo));
  },
);
