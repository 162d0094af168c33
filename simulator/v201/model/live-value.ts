import type { Connector } from '#simulator/charger-state.ts';
import {
  findConnector,
  isFlowing,
  limitKwOf,
  type Phase,
  phaseOf,
} from '#simulator/charging/connectors.ts';
import { powerKw } from '#simulator/physics/battery.ts';
import { variableText } from '#simulator/settings.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Turn } from '#simulator/turn.ts';

/** A permission alone does not occupy a connector: only a cable does. */
const STATES: Record<Exclude<Phase, 'preparing'>, string> = {
  available: 'Available',
  reserved: 'Reserved',
  charging: 'Occupied',
  suspended_ev: 'Occupied',
  suspended_evse: 'Occupied',
  finishing: 'Occupied',
  unavailable: 'Unavailable',
  faulted: 'Faulted',
};

export function availabilityState(connector: Connector): string {
  const phase = phaseOf(connector);
  if (phase === 'preparing') return connector.car ? 'Occupied' : 'Available';
  return STATES[phase];
}

/** Variables that show the state of things, unless the world was told to show something else. */
const LIVE: Record<string, (turn: Turn) => string> = {
  'ClockCtrlr.DateTime': ({ state, now }) => stamp(state, now),
  'ChargingStation.AvailabilityState': ({ state }) =>
    state.connectors.some(({ operative }) => operative) ? 'Available' : 'Unavailable',
  'ChargingStation.Problem': ({ state }) =>
    String(state.connectors.some(({ fault }) => fault !== null)),
  'DisplayMessageCtrlr.DisplayMessages': ({ state }) => String(state.store.messages.length),
  'LocalAuthListCtrlr.Entries': ({ state }) => String(state.store.localList.tags.length),
  'MonitoringCtrlr.ActiveMonitoringBase': ({ state }) => state.store.monitoring.base,
  'MonitoringCtrlr.ActiveMonitoringLevel': ({ state }) => String(state.store.monitoring.level),
  'SecurityCtrlr.CertificateEntries': ({ state }) => String(state.store.roots.length),
  'SecurityCtrlr.Identity': ({ state }) => state.spec.identity,
  'SmartChargingCtrlr.Entries[ChargingProfiles]': ({ state }) =>
    String(state.store.profiles.length),
};

const OF_CONNECTOR: Record<string, (connector: Connector) => string> = {
  AvailabilityState: availabilityState,
  Problem: ({ fault }) => String(fault !== null),
  Power: (connector) => {
    const { car } = connector;
    const flowing = car && isFlowing(connector);
    return String(flowing ? Math.round(powerKw(car, connector, limitKwOf(connector)) * 1000) : 0);
  },
};

/** What a variable shows now. */
export function liveValue(turn: Turn, path: string): string {
  const set = turn.state.variables[path];
  if (set !== undefined) return set;
  const [, id, name = ''] = /^(?:EVSE|Connector)#(\d+)\.(.+)$/.exec(path) ?? [];
  const connector = id === undefined ? undefined : findConnector(turn.state, Number(id));
  const ofConnector = connector && OF_CONNECTOR[name];
  if (ofConnector) return ofConnector(connector);
  return LIVE[path]?.(turn) ?? variableText(turn, path);
}
