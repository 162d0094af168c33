import type { ChargerSpec } from '#simulator/charger-spec.ts';
import type { ChosenOptions } from '#simulator/charger-state.ts';
import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import type { Snapshot } from '#simulator/snapshot.ts';

/** What became of one call of a simulated charger. */
export type Observation = {
  action: string;
  outcome: 'result' | 'error' | 'timeout';
  elapsedMs: number;
};

export type SimulatorOptions = ChosenOptions & {
  /** The endpoint, without the identity: `ws://host:port/ocpp/demo`. */
  url: string;
  charger: ChargerSpec;
  password?: string | Uint8Array;
  misbehave?: Misbehaviour;
  /** Milliseconds since 1970. */
  clock?: () => number;
  firstRetryMs?: number;
  log?: (message: string) => void;
  observe?: (observation: Observation) => void;
  /** Called with every new state before anything of it is put on the wire. */
  save?: (snapshot: Snapshot) => void;
  /** What `save` was given last, before the process ended. Unreadable ones are passed over. */
  restore?: unknown;
};
