import * as z from 'zod';
import type { Connector, Grant, Tag } from '#simulator/charger-state.ts';
import { decideGrant } from '#simulator/charging/authorization.ts';
import { findConnector } from '#simulator/charging/connectors.ts';
import { onResult } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import type { Turn } from '#simulator/turn.ts';

export const idToken = ({ id, kind }: Tag): { idToken: string; type: string } => ({
  idToken: id,
  type: kind,
});

export function authorize(turn: Turn, connector: Connector, { tag }: Grant): void {
  const payload = { idToken: idToken(tag) };
  enqueue(turn, { action: 'Authorize', payload, connectorId: connector.id });
}

export const IdTokenInfo = z.object({ status: z.string() });

export const authorizeResult = onResult(
  z.object({ idTokenInfo: IdTokenInfo }),
  (turn, connectorId, result) => {
    const connector = findConnector(turn.state, connectorId);
    const accepted = result && result.idTokenInfo.status === 'Accepted';
    if (connector) decideGrant(turn, connector, accepted);
  },
);
