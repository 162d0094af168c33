import type { Connector } from '#simulator/charger-state.ts';
import { endSession } from '#simulator/charging/session.ts';
import type { Turn } from '#simulator/turn.ts';

type AvailabilityAnswer = 'Accepted' | 'Scheduled';

/** Puts the whole station, or one connector, in or out of service; a running transaction is let end first. */
export function changeAvailability(
  { state }: Turn,
  connector: Connector | null,
  operative: boolean,
): AvailabilityAnswer {
  const affected = connector ? [connector] : state.connectors;
  for (const one of affected) {
    one.scheduledOperative = one.session ? operative : null;
    if (!one.session) one.operative = operative;
  }
  return affected.some((one) => one.session) ? 'Scheduled' : 'Accepted';
}

export function injectFault(turn: Turn, connector: Connector, code: string): void {
  endSession(turn, connector, 'fault');
  connector.fault = code;
  connector.grant = null;
}
