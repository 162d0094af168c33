import type { ChargerState, Connector } from '#simulator/charger-state.ts';
import { endSession } from '#simulator/charging/session.ts';
import type { Turn } from '#simulator/turn.ts';

/** Restarts one EVSE: at once, or after what runs there [2.0.1 B11, B12]. */
export function resetEvse(turn: Turn, connector: Connector, when: 'now' | 'idle'): void {
  if (when === 'now') endSession(turn, connector, 'hard_reset');
  connector.reset = 'waiting';
  tendEvseResets(turn);
}

export function tendEvseResets(turn: Turn): void {
  const { state, now } = turn;
  for (const connector of state.connectors) {
    if (connector.reset === 'waiting' && !connector.session) {
      connector.reset = 'down';
      connector.upAt = now + state.options.rebootMs;
      connector.grant = null;
      connector.finishing = false;
    }
    if (connector.reset !== 'down' || (connector.upAt ?? 0) > now) continue;
    connector.reset = null;
    connector.upAt = null;
  }
}

export const evseUpAt = ({ connectors }: ChargerState): number =>
  Math.min(...connectors.map(({ upAt }) => upAt ?? Number.POSITIVE_INFINITY));
