import type * as z from 'zod';
import type { CertificateHash } from '#simulator/certificates/contract.ts';
import type { OwnUse, SigningRequest } from '#simulator/certificates/held-certificate.ts';
import type { ChargerSpec } from '#simulator/charger-spec.ts';
import type {
  ChargerState,
  Connector,
  Grant,
  PendingCall,
  Reading,
  Session,
  StopCause,
} from '#simulator/charger-state.ts';
import type { FirmwareJob, FirmwareStatus, PublishJob } from '#simulator/firmware/firmware-job.ts';
import type { LogJob, LogStatus, SecurityEvent } from '#simulator/logs/log-job.ts';
import type { Reservation } from '#simulator/reservations/reservation.ts';
import type { Setting } from '#simulator/settings.ts';
import type { ExternalLimit } from '#simulator/store.ts';

export type Payload = Record<string, unknown>;

/** Work for the world: to be done outside the charger, whose result comes back as an input. */
export type Effect =
  | {
      type: 'download';
      job: 'firmware' | 'publish';
      url: string;
      signingCertificate: string | null;
      signature: string | null;
    }
  | { type: 'upload'; url: string; fileName: string; body: string }
  | { type: 'make_csr'; use: OwnUse; commonName: string; organization: string };

/** What a charger wants done. `wake` asks for an input no later than `at`. */
export type Output =
  | { type: 'send'; text: string; call?: { id: string; action: string } }
  | { type: 'send_binary'; bytes: Uint8Array }
  | { type: 'hang_up'; abrupt: boolean }
  | { type: 'settled'; id: string; action: string; outcome: 'result' | 'error' | 'timeout' }
  | { type: 'wake'; at: number }
  | Effect;

export type Trigger = 'tap' | 'remote' | 'cable';

/** Answers one action of the platform's: what it must look like, and what we say to it. */
export type Answer = {
  check(payload: unknown): z.core.$ZodIssue | null;
  reply(turn: Turn, payload: unknown): Payload;
};

/** What became of a call of ours. `dropped` was never put before the platform, or not to its end. */
export type Settlement =
  | { outcome: 'result'; payload: unknown }
  | { outcome: 'error' | 'timeout' | 'dropped' };

export type ResultHandler = (turn: Turn, call: PendingCall, settlement: Settlement) => void;

/** What a charger tells beside its transactions. A version without a message for it stays silent. */
export type Notices = {
  firmware(turn: Turn, job: FirmwareJob, status: FirmwareStatus): void;
  publishing(turn: Turn, job: PublishJob): void;
  log(turn: Turn, job: LogJob, status: LogStatus): void;
  securityEvent(turn: Turn, event: SecurityEvent): void;
  signCertificate(turn: Turn, request: SigningRequest): void;
  certificateStatus(turn: Turn, hash: CertificateHash & { responderURL: string }): void;
  evCertificate(turn: Turn, request: EvCertificateRequest): void;
  reservationEnded(turn: Turn, reservation: Reservation, status: 'Expired' | 'Removed'): void;
  limited(turn: Turn, limit: ExternalLimit): void;
  unlimited(turn: Turn, limit: ExternalLimit): void;
  dataTransfer(turn: Turn, transfer: DataTransfer): void;
};

export type DataTransfer = { vendorId: string; messageId?: string | undefined; data?: unknown };

export type EvCertificateRequest = {
  action: 'Install' | 'Update';
  exiRequest: string;
  schemaVersion: string;
};

/** One protocol version: its words for what the vendor-neutral charger does. */
export type Dialect = {
  subprotocol: string;
  settings: Record<Setting, string>;
  /** What a variable holds that was never changed. */
  factory(spec: ChargerSpec, name: string): string;
  /** Actions of the version, answered or not: the others are NotImplemented instead of NotSupported. */
  knownActions: readonly string[];
  errorCodes: { format: string; occurrence: string };
  /** Whether rubbish is answered (2.0.1) or passed over in silence (1.6). */
  answersRubbish: boolean;
  boot(turn: Turn): void;
  heartbeat(turn: Turn, early?: boolean): void;
  authorize(turn: Turn, connector: Connector, grant: Grant): void;
  connectorStatus(turn: Turn, connector: Connector): string;
  /** Null where a version has no status for the whole station. */
  stationStatus(turn: Turn): string | null;
  notifyStatus(turn: Turn, connector: Connector | null, status: string, early?: boolean): void;
  started(turn: Turn, connector: Connector, session: Session, trigger: Trigger): void;
  flowChanged(turn: Turn, connector: Connector, session: Session): void;
  /** Another limit holds for a transaction that runs. */
  rateChanged(turn: Turn, connector: Connector, session: Session): void;
  metered(turn: Turn, connector: Connector, session: Session, reading: Reading): void;
  /** Readings on the clock, whoever charges or not. */
  alignedMeter(turn: Turn, connector: Connector, reading: Reading): void;
  ended(turn: Turn, connector: Connector, session: Session, cause: StopCause, end: Reading): void;
  notices: Notices;
  /** Work of this version alone, done with the timers; and when it is due next. */
  tend(turn: Turn): void;
  dueAt(state: ChargerState): number;
  /** Power is off: what was set for the next start is in force now. */
  wentDown(turn: Turn): void;
  /** Puts in what is only known when a message leaves: a transaction id given late. */
  complete(turn: Turn, call: PendingCall): Payload;
  answers: Record<string, Answer>;
  results: Record<string, ResultHandler>;
};

/** One step in the making: a private copy of the state, and what it puts out. */
export type Turn = {
  state: ChargerState;
  now: number;
  outputs: Output[];
  dialect: Dialect;
};
