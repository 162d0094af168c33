import { isDc } from '#simulator/charger-spec.ts';
import type { ChargerState, Connector } from '#simulator/charger-state.ts';
import {
  type Circumstances,
  composite,
  type Electrics,
  type Limit,
  limitAt,
  type Stretch,
} from '#simulator/profiles/composite-schedule.ts';

const MAINS_VOLTS = 230;
const PACK_VOLTS = 400;

export const electricsOf = (connector: Connector): Electrics =>
  isDc(connector)
    ? { volts: PACK_VOLTS, phases: 1 }
    : { volts: MAINS_VOLTS, phases: connector.phases ?? 3 };

/** The station's supply, as its biggest connector sees it. */
export const stationElectrics = ({ connectors }: ChargerState): Electrics =>
  connectors.map(electricsOf).reduce((one, other) => (other.phases > one.phases ? other : one));

function circumstancesOf(
  state: ChargerState,
  connector: Connector,
  sharers: number,
): Circumstances {
  const { session } = connector;
  return {
    connectorId: connector.id,
    profiles: state.store.profiles,
    transaction: session ? { number: session.number, startedAt: session.startedAt } : null,
    from: state.now,
    electrics: electricsOf(connector),
    maxWatts: connector.powerKw * 1000,
    ceilingsWatts: state.store.externalLimits.flatMap(({ connectorId, watts }) => {
      if (connectorId === 0) return watts / sharers;
      return connectorId === connector.id ? watts : [];
    }),
    sharers,
  };
}

/** Brings the limit of every connector up to date, and remembers when that changes next. */
export function applyLimits(state: ChargerState): void {
  const { connectors, store } = state;
  const isLimited = store.profiles.length > 0 || store.externalLimits.length > 0;
  if (!isLimited && state.limitsDueAt === null && connectors.every((one) => one.limitW === null)) {
    return;
  }
  const sharers = Math.max(1, connectors.filter(({ session }) => session).length);
  let dueAt = Number.POSITIVE_INFINITY;
  for (const connector of connectors) {
    if (!connector.session) {
      connector.limitW = null;
      continue;
    }
    const { watts, until } = limitAt(circumstancesOf(state, connector, sharers), state.now);
    connector.limitW = watts < connector.powerKw * 1000 ? watts : null;
    dueAt = Math.min(dueAt, until);
  }
  state.limitsDueAt = Number.isFinite(dueAt) ? dueAt : null;
}

/** What may flow through a connector, or through the station as a whole, in the time to come. */
export function scheduleAhead(
  state: ChargerState,
  connector: Connector | null,
  seconds: number,
): Stretch[] {
  const limit = connector
    ? (at: number) => limitAt(circumstancesOf(state, connector, 1), at)
    : (at: number) => stationLimit(state, at);
  return composite(limit, state.now, state.now + seconds * 1000);
}

/** The connectors together, under the station's own ceiling. */
function stationLimit(state: ChargerState, at: number): Limit {
  const each = state.connectors.map((one) => limitAt(circumstancesOf(state, one, 1), at));
  const [largest] = state.connectors;
  const ceilings = state.store.profiles.filter(({ purpose }) => purpose === 'station_max');
  const sum = each.reduce((total, { watts }) => total + watts, 0);
  if (!largest) return { watts: 0, until: Number.POSITIVE_INFINITY };
  const ceiling = limitAt(
    {
      ...circumstancesOf(state, largest, 1),
      connectorId: 0,
      profiles: ceilings,
      electrics: stationElectrics(state),
      maxWatts: sum,
      ceilingsWatts: state.store.externalLimits.flatMap((one) =>
        one.connectorId === 0 ? one.watts : [],
      ),
    },
    at,
  );
  return {
    watts: ceiling.watts,
    until: Math.min(ceiling.until, ...each.map(({ until }) => until)),
  };
}
