import * as z from 'zod';
import { requestCertificate } from '#simulator/certificates/signing.ts';
import type { Connector } from '#simulator/charger-state.ts';
import { namedConnectors } from '#simulator/charging/connectors.ts';
import { readNow } from '#simulator/charging/session.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import type { Payload, Turn } from '#simulator/turn.ts';
import { bootNotification, heartbeat } from '#simulator/v16/boot.ts';
import { firmwareWord } from '#simulator/v16/firmware-status.ts';
import { connectorStatus, notifyStatus, stationStatus } from '#simulator/v16/status.ts';
import { meterValues } from '#simulator/v16/transactions.ts';

type Trigger = (turn: Turn, connectors: Connector[], connectorId: number | undefined) => void;

const tell = (turn: Turn, action: string, payload: Payload): void =>
  enqueue(turn, { action, payload, early: true });

/** What an update under way has come to: the plain one's words for those who know no others. */
function firmware(turn: Turn, signed: boolean): void {
  const job = turn.state.store.firmware;
  const status = (job?.signed === signed && firmwareWord(signed, job.status)) || 'Idle';
  const named = signed && status !== 'Idle' && job?.requestId != null;
  const action = signed ? 'SignedFirmwareStatusNotification' : 'FirmwareStatusNotification';
  tell(turn, action, { status, ...(named ? { requestId: job.requestId } : {}) });
}

const uploads = ({ state }: Turn): boolean => state.store.log?.phase === 'uploading';

function logStatus(turn: Turn): void {
  const { requestId = null } = turn.state.store.log ?? {};
  tell(
    turn,
    'LogStatusNotification',
    uploads(turn) && requestId !== null ? { status: 'Uploading', requestId } : { status: 'Idle' },
  );
}

/** The messages either trigger can ask for [1.6 section 7.31; whitepaper section 5.3]. */
const BOTH: Record<string, Trigger> = {
  BootNotification: (turn) => bootNotification(turn),
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

const TRIGGERS: Record<string, Trigger> = {
  ...BOTH,
  DiagnosticsStatusNotification: (turn) => {
    const status = uploads(turn) ? 'Uploading' : 'Idle';
    tell(turn, 'DiagnosticsStatusNotification', { status });
  },
  FirmwareStatusNotification: (turn) => firmware(turn, false),
};

const EXTENDED: Record<string, Trigger> = {
  ...BOTH,
  FirmwareStatusNotification: (turn) => firmware(turn, true),
  LogStatusNotification: logStatus,
  SignChargePointCertificate: (turn) => requestCertificate(turn, 'station'),
};

const TriggerMessage = z.object({
  requestedMessage: z.string(),
  connectorId: z.int().nonnegative().optional(),
});

const triggered = (triggers: Record<string, Trigger>) =>
  answer(TriggerMessage, (turn, { requestedMessage, connectorId }) => {
    const trigger = Object.hasOwn(triggers, requestedMessage) && triggers[requestedMessage];
    if (!trigger) return { status: 'NotImplemented' };
    const connectors = namedConnectors(turn.state, connectorId || null);
    if (connectors.length === 0) return { status: 'Rejected' };
    trigger(turn, connectors, connectorId);
    return { status: 'Accepted' };
  });

export const triggerMessage = triggered(TRIGGERS);
export const extendedTriggerMessage = triggered(EXTENDED);
