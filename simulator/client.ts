import { randomInt } from 'node:crypto';
import type { FixedCar } from '#simulator/charger-spec.ts';
import type { ChargerState } from '#simulator/charger-state.ts';
import type { WorldEvent } from '#simulator/input.ts';
import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import { newCharger } from '#simulator/new-charger.ts';
import { Runner } from '#simulator/runner.ts';
import type { SimulatorOptions } from '#simulator/simulator-options.ts';
import { fromSnapshot, type Snapshot, snapshotOf } from '#simulator/snapshot.ts';

/** A running charger, and what a driver or a vandal can do to it. */
export type Simulator = {
  identity: string;
  plugIn(connectorId?: number, car?: FixedCar): void;
  unplug(connectorId?: number): void;
  tap(tag: string, connectorId?: number): void;
  stop(connectorId?: number): void;
  fault(code: string, connectorId?: number): void;
  clearFault(connectorId?: number): void;
  setSoc(percent: number, connectorId?: number): void;
  goOffline(): void;
  goOnline(): void;
  powerCycle(): void;
  misbehave(misbehave: Misbehaviour): void;
  /** Lets anything else happen that the world can do to a charger. */
  happens(event: WorldEvent): void;
  state(): ChargerState;
  snapshot(): Snapshot;
  until(holds: (state: ChargerState) => boolean): Promise<void>;
  /** Resolves when the platform has accepted the charger and the connection stands. */
  whenOnline(): Promise<void>;
  close(): Promise<void>;
};

/** Starts a charger that connects, boots and lives until it is closed. */
export function startSimulator(options: SimulatorOptions): Simulator {
  const runner = new Runner(initialState(options), options);
  runner.connect();
  runner.feed({ type: 'tick' });
  const isOnline = (state: ChargerState): boolean =>
    state.online && state.registration === 'accepted';
  return {
    identity: options.charger.identity,
    plugIn: (connectorId, car) => runner.feed({ type: 'plug_in', connectorId, car }),
    unplug: (connectorId) => runner.feed({ type: 'unplug', connectorId }),
    tap: (tag, connectorId) => runner.feed({ type: 'tap', tag, connectorId }),
    stop: (connectorId) => runner.feed({ type: 'stop', connectorId }),
    fault: (code, connectorId) => runner.feed({ type: 'fault', code, connectorId }),
    clearFault: (connectorId) => runner.feed({ type: 'clear_fault', connectorId }),
    setSoc: (percent, connectorId) => runner.feed({ type: 'set_soc', percent, connectorId }),
    goOffline: () => runner.feed({ type: 'network', up: false }),
    goOnline: () => runner.feed({ type: 'network', up: true }),
    powerCycle: () => runner.feed({ type: 'power_cycle' }),
    misbehave: (misbehave) => runner.feed({ type: 'misbehave', misbehave }),
    happens: (event) => runner.feed(event),
    state: () => runner.state,
    snapshot: () => snapshotOf(runner.state),
    until: (holds) => runner.waiters.until(runner.state, holds),
    whenOnline: () => runner.waiters.until(runner.state, isOnline),
    close: () => runner.close(),
  };
}

function initialState(options: SimulatorOptions): ChargerState {
  const { charger, misbehave = {}, restore, clock = Date.now } = options;
  const chosen = { ...options, seed: options.seed ?? randomInt(2 ** 31) };
  return (
    fromSnapshot(restore, charger, { options: chosen, misbehave }) ??
    newCharger(charger, { ...chosen, at: clock() })
  );
}
