import type { ChosenOptions } from '#simulator/charger-options.ts';
import type { ChargerSpec } from '#simulator/charger-spec.ts';
import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import type { Snapshot } from '#simulator/snapshot.ts';

/** What became of one call of a simulated charger. */
export type Observation = {
  action: string;
  outcome: 'result' | 'error' | 'timeout';
  elapsedMs: number;
};

/** A charger's end of TLS, in PEM. Its own certificate is for security profile 3. */
export type TlsOptions = {
  ca?: string | readonly string[];
  cert?: string;
  key?: string;
  /** The name to ask for, where it is not that of the address. */
  servername?: string;
};

export type SimulatorOptions = ChosenOptions & {
  /** The endpoint, without the identity: `ws://host:port/ocpp/demo`. */
  url: string;
  /** The endpoint from security profile 2 on, where it is another: `wss://host:port/ocpp/demo`. */
  secureUrl?: string;
  charger: ChargerSpec;
  /** Offered instead of the version's own: `ocpp2.1` is spoken in the words of 2.0.1. */
  subprotocol?: string;
  password?: string | Uint8Array;
  /** How a 1.6 key is put into the header: as the bytes it stands for, or as its hexadecimal text. */
  passwordForm?: 'bytes' | 'hex_text';
  tls?: TlsOptions;
  misbehave?: Misbehaviour;
  /** Milliseconds since 1970. */
  clock?: () => number;
  firstRetryMs?: number;
  log?: (message: string) => void;
  observe?: (observation: Observation) => void;
  /** Called with every frame that goes out or comes in. */
  onFrame?: (direction: 'sent' | 'received', text: string) => void;
  /** Called with every new state before anything of it is put on the wire. */
  save?: (snapshot: Snapshot) => void;
  /** What `save` was given last, before the process ended. Unreadable ones are passed over. */
  restore?: unknown;
};
