import type { ChargerState, Connector } from '#simulator/charger-state.ts';
import { isFlowing, limitKwOf } from '#simulator/charging/connectors.ts';
import { nextMischiefAt } from '#simulator/charging/mischief.ts';
import { FACILITIES } from '#simulator/facilities.ts';
import { secondsToFull } from '#simulator/physics/battery.ts';
import type { Turn } from '#simulator/turn.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** When the charger next has something to do by itself; null when only the world can move it. */
export function nextWake({ state, dialect }: Turn): number | null {
  const { inFlight, online, registration, reboot } = state;
  const at = Math.min(
    inFlight?.timeoutAt ?? NEVER,
    online ? (state.bootDueAt ?? NEVER) : NEVER,
    online && registration === 'accepted' ? (state.heartbeatDueAt ?? NEVER) : NEVER,
    reboot?.until ?? NEVER,
    state.limitsDueAt ?? NEVER,
    ...state.lateAnswers.map((answer) => answer.at),
    retryAt(state),
    ...FACILITIES.map(({ dueAt }) => dueAt(state)),
    dialect.dueAt(state),
    ...state.connectors.map((connector) => connectorWake(state, connector)),
  );
  return at === NEVER ? null : Math.max(at, state.now);
}

/** A held-back transaction message matters only while there is someone to send it to. */
function retryAt({ online, inFlight, registration, queue, now }: ChargerState): number {
  if (!online || inFlight || registration !== 'accepted') return NEVER;
  const first = queue.find((call) => call.transaction !== null);
  return first && first.notBefore > now ? first.notBefore : NEVER;
}

function connectorWake(state: ChargerState, connector: Connector): number {
  const { session, car, grant } = connector;
  return Math.min(
    connector.plugInAt ?? NEVER,
    connector.unplugAt ?? NEVER,
    grant?.expiresAt ?? NEVER,
    session?.sampleDueAt ?? NEVER,
    session ? nextMischiefAt(state.misbehave, session) : NEVER,
    car && isFlowing(connector) ? fullAt(state, connector, car) : NEVER,
  );
}

function fullAt(
  { now, options }: ChargerState,
  connector: Connector,
  car: NonNullable<Connector['car']>,
) {
  const seconds = secondsToFull(car, connector, limitKwOf(connector));
  return now + Math.ceil((seconds * 1000) / options.speed);
}
