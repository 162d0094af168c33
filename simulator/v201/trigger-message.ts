import * as z from 'zod';
import type { Connector } from '#simulator/charger-state.ts';
import { namedConnectors } from '#simulator/charging/connectors.ts';
import { readNow } from '#simulator/charging/session.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { settingText } from '#simulator/settings.ts';
import type { Turn } from '#simulator/turn.ts';
import { bootNotification, heartbeat } from '#simulator/v201/boot.ts';
import { meterValue } from '#simulator/v201/meter-value.ts';
import { connectorStatus, notifyStatus } from '#simulator/v201/status.ts';
import { metered } from '#simulator/v201/transaction-event.ts';

type Verdict = 'Accepted' | 'Rejected';
type Trigger = (turn: Turn, connectors: Connector[]) => Verdict;

const idle =
  (action: string): Trigger =>
  (turn) => {
    enqueue(turn, { action, payload: { status: 'Idle' }, early: true });
    return 'Accepted';
  };

const TRIGGERS: Record<string, Trigger> = {
  /** Pointless once accepted, and so refused [2.0.1 F06.FR.17]. */
  BootNotification: (turn) => {
    if (turn.state.registration === 'accepted') return 'Rejected';
    bootNotification(turn, 'Triggered');
    return 'Accepted';
  },
  FirmwareStatusNotification: idle('FirmwareStatusNotification'),
  Heartbeat: (turn) => {
    heartbeat(turn, true);
    return 'Accepted';
  },
  LogStatusNotification: idle('LogStatusNotification'),
  MeterValues: (turn, connectors) => {
    for (const connector of connectors) {
      const reading = readNow(turn, connector, 'Trigger');
      const value = meterValue(turn.state, reading, settingText(turn, 'measurands'));
      const payload = { evseId: connector.id, meterValue: [value] };
      enqueue(turn, { action: 'MeterValues', payload, early: true });
    }
    return 'Accepted';
  },
  StatusNotification: (turn, connectors) => {
    for (const connector of connectors) {
      notifyStatus(turn, connector, connectorStatus(turn, connector), true);
    }
    return 'Accepted';
  },
  TransactionEvent: (turn, connectors) => {
    const busy = connectors.filter(({ session }) => session);
    for (const connector of busy) {
      const reading = readNow(turn, connector, 'Trigger');
      if (connector.session) metered(turn, connector, connector.session, reading);
    }
    return busy.length > 0 ? 'Accepted' : 'Rejected';
  },
};

const TriggerMessage = z.object({
  requestedMessage: z.string(),
  evse: z.object({ id: z.int() }).optional(),
});

export const triggerMessage = answer(TriggerMessage, (turn, { requestedMessage, evse }) => {
  const trigger = Object.hasOwn(TRIGGERS, requestedMessage) && TRIGGERS[requestedMessage];
  if (!trigger) return { status: 'NotImplemented' };
  const connectors = namedConnectors(turn.state, evse?.id);
  return { status: connectors.length > 0 ? trigger(turn, connectors) : 'Rejected' };
});
