import { installRoot } from '#simulator/certificates/certificate-store.ts';
import { requestCertificate, takeKeyPair } from '#simulator/certificates/signing.ts';
import type { Connector } from '#simulator/charger-state.ts';
import { presentTag } from '#simulator/charging/authorization.ts';
import { injectFault } from '#simulator/charging/availability.ts';
import { plugIn, unplug } from '#simulator/charging/cable.ts';
import { namedConnectors } from '#simulator/charging/connectors.ts';
import { powerCycle } from '#simulator/charging/reboot.ts';
import { connected, disconnected } from '#simulator/charging/registration.ts';
import { endSession } from '#simulator/charging/session.ts';
import { publicationDownloaded } from '#simulator/firmware/publish-firmware.ts';
import { firmwareDownloaded } from '#simulator/firmware/update-firmware.ts';
import type { Happening } from '#simulator/input.ts';
import { recordSecurityEvent } from '#simulator/logs/security-events.ts';
import { logUploaded } from '#simulator/logs/upload-log.ts';
import { limitExternally } from '#simulator/profiles/external-limit.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { receive } from '#simulator/rpc/receive.ts';
import type { Turn } from '#simulator/turn.ts';

const ISO_15118_2 = 'urn:iso:15118:2:2013:MsgDef';

/** One taker for every kind of happening; the compiler finds the missing one. */
const TAKERS: { [Type in Happening['type']]: (turn: Turn, happening: Of<Type>) => void } = {
  tick: () => {},
  connected: (turn) => connected(turn),
  disconnected: (turn) => disconnected(turn),
  frame: (turn, { text }) => {
    if (turn.state.online) receive(turn, text);
  },
  network: (turn, { up }) => {
    turn.state.network = up;
    if (up) return;
    turn.outputs.push({ type: 'hang_up', abrupt: true });
    disconnected(turn);
  },
  power_cycle: (turn) => powerCycle(turn),
  misbehave: (turn, { misbehave }) => {
    turn.state.misbehave = misbehave;
  },
  tap: (turn, { tag, kind = 'ISO14443', connectorId }) => {
    if (turn.state.reboot?.phase !== 'down') presentTag(turn, { id: tag, kind }, connectorId);
  },
  plug_in: (turn, { car, contract, connectorId }) => {
    const connector = named(turn, connectorId).find((one) => !one.car);
    if (connector) plugIn(turn, connector, car, contract);
  },
  unplug: (turn, { connectorId }) => {
    for (const connector of named(turn, connectorId)) unplug(turn, connector);
  },
  stop: (turn, { connectorId }) => {
    for (const connector of named(turn, connectorId)) endSession(turn, connector, 'local');
  },
  fault: (turn, { connectorId, code }) => {
    for (const connector of named(turn, connectorId)) injectFault(turn, connector, code);
  },
  clear_fault: (turn, { connectorId }) => {
    for (const connector of named(turn, connectorId)) connector.fault = null;
  },
  set_soc: (turn, { connectorId, percent }) => {
    for (const { car } of named(turn, connectorId)) {
      if (car) car.socPercent = Math.min(100, Math.max(0, percent));
    }
  },
  external_limit: (turn, limit) => limitExternally(turn, limit),
  set_variable: ({ state }, { name, value }) => {
    state.variables[name] = value;
  },
  security_event: (turn, { event, info }) => recordSecurityEvent(turn, event, info),
  data_transfer: (turn, { type: _, ...transfer }) =>
    turn.dialect.notices.dataTransfer(turn, transfer),
  sign_certificate: (turn, { use }) => requestCertificate(turn, use),
  certificate_status: (turn, { hash }) => turn.dialect.notices.certificateStatus(turn, hash),
  ev_certificate: (turn, { action, exiRequest, schemaVersion = ISO_15118_2 }) =>
    turn.dialect.notices.evCertificate(turn, { action, exiRequest, schemaVersion }),
  install_root: (turn, { use, pem }) => {
    installRoot(turn, { use, pem });
  },
  call: (turn, { action, payload }) => enqueue(turn, { action, payload, early: true }),
  raw: ({ outputs }, { text }) => {
    outputs.push({ type: 'send', text });
  },
  downloaded: (turn, { job, file }) => {
    if (job === 'firmware') firmwareDownloaded(turn, file);
    else publicationDownloaded(turn, file);
  },
  uploaded: (turn, { outcome }) => logUploaded(turn, outcome),
  csr: (turn, keyPair) => takeKeyPair(turn, keyPair),
};

type Of<Type extends Happening['type']> = Extract<Happening, { type: Type }>;

/** The connectors spoken of: the one named, or all. */
const named = (turn: Turn, connectorId: number | undefined): Connector[] =>
  namedConnectors(turn.state, connectorId);

/** Lets a happening work on the charger. */
export function take<Type extends Happening['type']>(
  turn: Turn,
  happening: Of<Type> & { type: Type },
): void {
  TAKERS[happening.type](turn, happening);
}
