import type * as z from 'zod';
import type { FixedCar } from '#simulator/charger-spec.ts';
import type {
  ChargerState,
  Connector,
  Grant,
  PendingCall,
  Reading,
  Session,
  StopCause,
} from '#simulator/charger-state.ts';
import type { Misbehaviour } from '#simulator/misbehaviour.ts';

export type Payload = Record<string, unknown>;

/** What can happen to a charger. `at` is the time of the happening, in milliseconds. */
export type Input = { at: number } & (
  | { type: 'tick' }
  | { type: 'connected' }
  | { type: 'disconnected' }
  | { type: 'frame'; text: string }
  | { type: 'plug_in'; connectorId?: number | undefined; car?: FixedCar | undefined }
  | { type: 'unplug'; connectorId?: number | undefined }
  | { type: 'tap'; tag: string; connectorId?: number | undefined }
  | { type: 'stop'; connectorId?: number | undefined }
  | { type: 'fault'; code: string; connectorId?: number | undefined }
  | { type: 'clear_fault'; connectorId?: number | undefined }
  | { type: 'set_soc'; percent: number; connectorId?: number | undefined }
  | { type: 'network'; up: boolean }
  | { type: 'power_cycle' }
  | { type: 'misbehave'; misbehave: Misbehaviour }
);

/** What a charger wants done. `wake` asks for an input no later than `at`. */
export type Output =
  | { type: 'send'; text: string; call?: { id: string; action: string } }
  | { type: 'send_binary'; bytes: Uint8Array }
  | { type: 'hang_up'; abrupt: boolean }
  | { type: 'settled'; id: string; action: string; outcome: 'result' | 'error' | 'timeout' }
  | { type: 'wake'; at: number };

export type Trigger = 'tap' | 'remote' | 'cable';

/** Settings the vendor-neutral part reads, whatever a dialect calls them. */
export type Setting =
  | 'heartbeatSeconds'
  | 'sampleSeconds'
  | 'connectionTimeoutSeconds'
  | 'authorizeRemoteStart'
  | 'stopOnInvalidTag'
  | 'offlineKnownTags'
  | 'offlineUnknownTags'
  | 'messageAttempts'
  | 'messageRetrySeconds'
  | 'pingSeconds'
  | 'measurands'
  | 'password';

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

/** One protocol version: its words for what the vendor-neutral charger does. */
export type Dialect = {
  subprotocol: string;
  variables(state: Pick<ChargerState, 'spec'>): Record<string, string>;
  settings: Record<Setting, string>;
  /** Actions of the version, answered or not: the others are NotImplemented instead of NotSupported. */
  knownActions: readonly string[];
  errorCodes: { format: string; occurrence: string };
  /** Whether rubbish is answered (2.0.1) or passed over in silence (1.6). */
  answersRubbish: boolean;
  boot(turn: Turn): void;
  heartbeat(turn: Turn): void;
  authorize(turn: Turn, connector: Connector, grant: Grant): void;
  connectorStatus(turn: Turn, connector: Connector): string;
  /** Null where a version has no status for the whole station. */
  stationStatus(turn: Turn): string | null;
  notifyStatus(turn: Turn, connector: Connector | null, status: string): void;
  started(turn: Turn, connector: Connector, session: Session, trigger: Trigger): void;
  flowChanged(turn: Turn, connector: Connector, session: Session): void;
  metered(turn: Turn, connector: Connector, session: Session, reading: Reading): void;
  ended(turn: Turn, connector: Connector, session: Session, cause: StopCause, end: Reading): void;
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
