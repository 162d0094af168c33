import type { ChargerState } from '#simulator/charger-state.ts';
import type { Monitor, Monitoring } from '#simulator/monitoring/monitor.ts';
import { keep } from '#simulator/store.ts';

const FACTORY = {
  transaction: false,
  raised: false,
  dueAt: null,
} as const;

/** The monitors a station leaves the factory with: faults are hard-wired, heat is preconfigured. */
function factoryMonitors({ spec }: ChargerState): Monitor[] {
  const hot: Monitor = {
    ...FACTORY,
    id: 1,
    path: 'TemperatureSensor.Temperature',
    type: 'UpperThreshold',
    value: 80,
    severity: 4,
    origin: 'PreconfiguredMonitor',
    lastValue: null,
  };
  const faults = spec.connectors.map(
    ({ id }, index): Monitor => ({
      ...FACTORY,
      id: index + 2,
      path: `EVSE#${id}.Problem`,
      type: 'Delta',
      value: 1,
      severity: 2,
      origin: 'HardWiredMonitor',
      lastValue: 'false',
    }),
  );
  return [hot, ...faults];
}

/** All monitors set up now. */
export const monitorsOf = (state: ChargerState): readonly Monitor[] =>
  state.store.monitoring.monitors ?? factoryMonitors(state);

export function keepMonitoring(state: ChargerState, change: Partial<Monitoring>): void {
  keep(state, { monitoring: { ...state.store.monitoring, ...change } });
}

/** What a monitoring base leaves: everything, what the factory set up, or what is hard-wired [2.0.1 N05]. */
export function setMonitoringBase(state: ChargerState, base: Monitoring['base']): void {
  const factory = factoryMonitors(state);
  const custom = monitorsOf(state).filter(({ origin }) => origin === 'CustomMonitor');
  const monitors = {
    All: [...factory, ...custom],
    FactoryDefault: factory,
    HardWiredOnly: factory.filter(({ origin }) => origin === 'HardWiredMonitor'),
  }[base];
  keepMonitoring(state, { base, monitors });
}
