import type { ChargerState, Connector } from '#simulator/charger-state.ts';

export const findConnector = (state: ChargerState, id: number | null): Connector | undefined =>
  state.connectors.find((connector) => connector.id === id);

/** The named connectors: one, or all when none is named. */
export const namedConnectors = (state: ChargerState, id?: number | null): Connector[] =>
  state.connectors.filter((connector) => id === undefined || id === null || connector.id === id);

/** In service, sound, and not about to restart. */
export const isUsable = (connector: Connector): boolean =>
  connector.operative && connector.fault === null && connector.reset === null;

/** Whether a new transaction may begin here. */
export const isFree = (connector: Connector): boolean =>
  isUsable(connector) &&
  connector.session === null &&
  connector.grant === null &&
  connector.authorizing === null;

export const limitKwOf = ({ limitW }: Connector): number =>
  limitW === null ? Number.POSITIVE_INFINITY : limitW / 1000;

/** Whether energy passes through. */
export const isFlowing = ({ session, car, fault, limitW }: Connector): boolean =>
  session !== null && car !== null && fault === null && car.socPercent < 100 && limitW !== 0;

export type Phase =
  | 'available'
  | 'reserved'
  | 'preparing'
  | 'charging'
  | 'suspended_ev'
  | 'suspended_evse'
  | 'finishing'
  | 'unavailable'
  | 'faulted';

/** What a connector is about, in nobody's dialect. */
export function phaseOf(connector: Connector): Phase {
  if (connector.fault !== null) return 'faulted';
  if (connector.session) {
    if (isFlowing(connector)) return 'charging';
    return connector.limitW === 0 ? 'suspended_evse' : 'suspended_ev';
  }
  if (!connector.operative || connector.reset === 'down') return 'unavailable';
  if (connector.finishing) return 'finishing';
  if (connector.grant || connector.authorizing) return 'preparing';
  if (connector.reserved) return 'reserved';
  return connector.car ? 'preparing' : 'available';
}
