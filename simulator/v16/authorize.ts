import * as z from 'zod';
import type { Connector, Grant } from '#simulator/charger-state.ts';
import { decideGrant } from '#simulator/charging/authorization.ts';
import { findConnector } from '#simulator/charging/connectors.ts';
import { onResult } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import type { Turn } from '#simulator/turn.ts';

export function authorize(turn: Turn, connector: Connector, { tag }: Grant): void {
  const payload = { idTag: tag.id };
  enqueue(turn, { action: 'Authorize', payload, connectorId: connector.id });
}

export const IdTagInfo = z.object({ status: z.string() });

export const authorizeResult = onResult(
  z.object({ idTagInfo: IdTagInfo }),
  (turn, connectorId, result) => {
    const connector = findConnector(turn.state, connectorId);
    const accepted = result && result.idTagInfo.status === 'Accepted';
    if (connector) decideGrant(turn, connector, accepted);
  },
);
