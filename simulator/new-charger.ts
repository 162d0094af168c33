import { ChargerOptions, type ChosenOptions } from '#simulator/charger-options.ts';
import type { ChargerSpec } from '#simulator/charger-spec.ts';
import { ChargerState } from '#simulator/charger-state.ts';
import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import { drawBetween } from '#simulator/physics/random.ts';

/** A charger fresh from the factory, not yet connected. */
export function newCharger(
  spec: ChargerSpec,
  options: ChosenOptions & { misbehave?: Misbehaviour | undefined; at: number },
): ChargerState {
  const { misbehave = {}, at, ...chosen } = options;
  const settled = ChargerOptions.parse(chosen);
  const seeded = { random: settled.seed };
  const connectors = spec.connectors.map((connector) => ({
    ...connector,
    registerWh: Math.round(drawBetween(seeded, 100_000, 900_000)),
    car: null,
    operative: true,
    scheduledOperative: null,
    fault: null,
    grant: null,
    authorizing: null,
    session: null,
    finishing: false,
    plugInAt: null,
    unplugAt: null,
    reportedStatus: null,
  }));
  return ChargerState.parse({
    spec,
    options: settled,
    misbehave,
    now: at,
    network: true,
    online: false,
    registration: 'unknown',
    bootReason: 'power_up',
    bootDueAt: null,
    heartbeatDueAt: null,
    reboot: null,
    reportedStatus: null,
    variables: settled.variables,
    acceptedTags: [],
    connectors,
    lastTransaction: 0,
    transactionIds: {},
    inFlight: null,
    queue: [],
    lateAnswers: [],
    random: seeded.random,
  });
}
