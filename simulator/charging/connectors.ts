import type { ChargerState, Connector } from '#simulator/charger-state.ts';

export const findConnector = (state: ChargerState, id: number | null): Connector | undefined =>
  state.connectors.find((connector) => connector.id === id);

/** The named connectors: one, or all when none is named. */
export const namedConnectors = (state: ChargerState, id?: number | null): Connector[] =>
  state.connectors.filter((connector) => id === undefined || id === null || connector.id === id);

/** Whether a new transaction may begin here. */
export const isFree = (connector: Connector): boolean =>
  connector.operative &&
  connector.fault === null &&
  connector.session === null &&
  connector.grant === null &&
  connector.authorizing === null;

/** A free connector: the one named, else one where a car waits, else any. */
export function freeConnector(state: ChargerState, id?: number): Connector | undefined {
  const free = namedConnectors(state, id).filter(isFree);
  return free.find(({ car }) => car) ?? free[0];
}

/** Whether energy passes through. */
export const isFlowing = ({ session, car, fault }: Connector): boolean =>
  session !== null && car !== null && fault === null && car.socPercent < 100;

export type Phase =
  | 'available'
  | 'preparing'
  | 'charging'
  | 'suspended_ev'
  | 'finishing'
  | 'unavailable'
  | 'faulted';

/** What a connector is about, in nobody's dialect. */
export function phaseOf(connector: Connector): Phase {
  if (connector.fault !== null) return 'faulted';
  if (connector.session) return isFlowing(connector) ? 'charging' : 'suspended_ev';
  if (!connector.operative) return 'unavailable';
  if (connector.finishing) return 'finishing';
  return connector.car || connector.grant || connector.authorizing ? 'preparing' : 'available';
}
