import type { Connector } from '#simulator/charger-state.ts';
import { presentTag } from '#simulator/charging/authorization.ts';
import { injectFault } from '#simulator/charging/availability.ts';
import { plugIn, unplug } from '#simulator/charging/cable.ts';
import { namedConnectors } from '#simulator/charging/connectors.ts';
import { powerCycle } from '#simulator/charging/reboot.ts';
import { connected, disconnected } from '#simulator/charging/registration.ts';
import { endSession } from '#simulator/charging/session.ts';
import { receive } from '#simulator/rpc/receive.ts';
import type { Input, Turn } from '#simulator/turn.ts';

/** One taker for every kind of happening; the compiler finds the missing one. */
const TAKERS: { [Type in Input['type']]: (turn: Turn, input: InputOf<Type>) => void } = {
  tick: () => {},
  connected: (turn) => connected(turn),
  disconnected: (turn) => disconnected(turn),
  frame: (turn, { text }) => {
    if (turn.state.online) receive(turn, text);
  },
  network: (turn, { up }) => {
    turn.state.network = up;
    if (up) return;
    turn.outputs.push({ type: 'hang_up', abrupt: true });
    disconnected(turn);
  },
  power_cycle: (turn) => powerCycle(turn),
  misbehave: (turn, { misbehave }) => {
    turn.state.misbehave = misbehave;
  },
  tap: (turn, { tag, connectorId }) => {
    if (turn.state.reboot?.phase !== 'down') {
      presentTag(turn, { id: tag, kind: 'ISO14443' }, connectorId);
    }
  },
  plug_in: (turn, { car, connectorId }) => {
    const connector = named(turn, connectorId).find((one) => !one.car);
    if (connector) plugIn(turn, connector, car);
  },
  unplug: (turn, { connectorId }) => {
    for (const connector of named(turn, connectorId)) unplug(turn, connector);
  },
  stop: (turn, { connectorId }) => {
    for (const connector of named(turn, connectorId)) endSession(turn, connector, 'local');
  },
  fault: (turn, { connectorId, code }) => {
    for (const connector of named(turn, connectorId)) injectFault(turn, connector, code);
  },
  clear_fault: (turn, { connectorId }) => {
    for (const connector of named(turn, connectorId)) connector.fault = null;
  },
  set_soc: (turn, { connectorId, percent }) => {
    for (const { car } of named(turn, connectorId)) {
      if (car) car.socPercent = Math.min(100, Math.max(0, percent));
    }
  },
};

type InputOf<Type extends Input['type']> = Extract<Input, { type: Type }>;

/** The connectors spoken of: the one named, or all. */
const named = (turn: Turn, connectorId: number | undefined): Connector[] =>
  namedConnectors(turn.state, connectorId);

/** Lets a happening work on the charger. */
export function take<Type extends Input['type']>(
  turn: Turn,
  input: InputOf<Type> & { type: Type },
) {
  TAKERS[input.type](turn, input);
}
