import * as z from 'zod';
import type { Connector } from '#simulator/charger-state.ts';
import { namedConnectors } from '#simulator/charging/connectors.ts';
import { readNow } from '#simulator/charging/session.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import type { Turn } from '#simulator/turn.ts';
import { bootNotification, heartbeat } from '#simulator/v16/boot.ts';
import { connectorStatus, notifyStatus, stationStatus } from '#simulator/v16/status.ts';
import { meterValues } from '#simulator/v16/transactions.ts';

type Trigger = (turn: Turn, connectors: Connector[], connectorId: number | undefined) => void;

const idle =
  (action: string): Trigger =>
  (turn) =>
    enqueue(turn, { action, payload: { status: 'Idle' }, early: true });

/** The six messages that can be asked for [1.6 section 7.31]. */
const TRIGGERS: Record<string, Trigger> = {
  BootNotification: (turn) => bootNotification(turn),
  DiagnosticsStatusNotification: idle('DiagnosticsStatusNotification'),
  FirmwareStatusNotification: idle('FirmwareStatusNotification'),
  Heartbeat: (turn) => heartbeat(turn, true),
  MeterValues: (turn, connectors) => {
    for (const connector of connectors) {
      meterValues(turn, connector, connector.session, readNow(turn, connector, 'Trigger'));
    }
  },
  StatusNotification: (turn, connectors, connectorId) => {
    if (!connectorId) notifyStatus(turn, null, stationStatus(turn), true);
    for (const connector of connectors) {
      notifyStatus(turn, connector, connectorStatus(turn, connector), true);
    }
  },
};

const TriggerMessage = z.object({
  requestedMessage: z.string(),
  connectorId: z.int().nonnegative().optional(),
});

export const triggerMessage = answer(TriggerMessage, (turn, request) => {
  const { requestedMessage, connectorId } = request;
  const trigger = Object.hasOwn(TRIGGERS, requestedMessage) && TRIGGERS[requestedMessage];
  if (!trigger) return { status: 'NotImplemented' };
  const connectors = namedConnectors(turn.state, connectorId || null);
  if (connectors.length === 0) return { status: 'Rejected' };
  trigger(turn, connectors, connectorId);
  return { status: 'Accepted' };
});
