import * as z from 'zod';
import { requestCertificate } from '#simulator/certificates/signing.ts';
import type { Connector } from '#simulator/charger-state.ts';
import { namedConnectors } from '#simulator/charging/connectors.ts';
import { readNow } from '#simulator/charging/session.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { settingText } from '#simulator/settings.ts';
import type { Payload, Turn } from '#simulator/turn.ts';
import { bootNotification, heartbeat } from '#simulator/v201/boot.ts';
import { meterValue } from '#simulator/v201/meter-value.ts';
import { connectorStatus, notifyStatus } from '#simulator/v201/status.ts';
import { metered } from '#simulator/v201/transaction-event.ts';

type Verdict = 'Accepted' | 'Rejected';
type Trigger = (turn: Turn, connectors: Connector[]) => Verdict;

function tell(turn: Turn, action: string, payload: Payload): Verdict {
  enqueue(turn, { action, payload, early: true });
  return 'Accepted';
}

/** Where something stands that is under way; idle where nothing is [2.0.1 F06, L01.FR.25, N01.FR.13]. */
const standing = (job: { status: string; requestId: number | null } | null): Payload => {
  if (!job || job.status === 'Idle') return { status: 'Idle' };
  const { status, requestId } = job;
  return { status, ...(requestId === null ? {} : { requestId }) };
};

function meterValues(turn: Turn, connectors: Connector[]): Verdict {
  for (const connector of connectors) {
    const reading = readNow(turn, connector, 'Trigger');
    const value = meterValue(turn.state, reading, settingText(turn, 'measurands'));
    tell(turn, 'MeterValues', { evseId: connector.id, meterValue: [value] });
  }
  return 'Accepted';
}

function transactionEvents(turn: Turn, connectors: Connector[]): Verdict {
  const busy = connectors.filter(({ session }) => session);
  for (const connector of busy) {
    const reading = readNow(turn, connector, 'Trigger');
    if (connector.session) metered(turn, connector, connector.session, reading);
  }
  return busy.length > 0 ? 'Accepted' : 'Rejected';
}

const sign =
  (...uses: ('station' | 'v2g')[]): Trigger =>
  (turn) => {
    for (const use of uses) requestCertificate(turn, use);
    return 'Accepted';
  };

const TRIGGERS: Record<string, Trigger> = {
  /** Pointless once accepted, and so refused [2.0.1 F06.FR.17]. */
  BootNotification: (turn) => {
    if (turn.state.registration === 'accepted') return 'Rejected';
    bootNotification(turn, 'Triggered');
    return 'Accepted';
  },
  FirmwareStatusNotification: (turn) =>
    tell(turn, 'FirmwareStatusNotification', standing(turn.state.store.firmware)),
  Heartbeat: (turn) => {
    heartbeat(turn, true);
    return 'Accepted';
  },
  LogStatusNotification: (turn) => {
    const { log } = turn.state.store;
    const status = log?.phase === 'uploading' ? 'Uploading' : 'Idle';
    return tell(turn, 'LogStatusNotification', standing(log && { ...log, status }));
  },
  MeterValues: meterValues,
  PublishFirmwareStatusNotification: (turn) =>
    tell(turn, 'PublishFirmwareStatusNotification', standing(turn.state.store.publishing)),
  SignChargingStationCertificate: sign('station'),
  SignCombinedCertificate: sign('station', 'v2g'),
  SignV2GCertificate: sign('v2g'),
  StatusNotification: (turn, connectors) => {
    for (const connector of connectors) {
      notifyStatus(turn, connector, connectorStatus(turn, connector), true);
    }
    return 'Accepted';
  },
  TransactionEvent: transactionEvents,
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
