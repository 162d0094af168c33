import type { Contract } from '#simulator/certificates/contract.ts';
import type { FixedCar } from '#simulator/charger-spec.ts';
import type { Connector } from '#simulator/charger-state.ts';
import { authorizeCar } from '#simulator/charging/authorization.ts';
import { endSession, tryToBegin } from '#simulator/charging/session.ts';
import { arrivingCar } from '#simulator/physics/arriving-car.ts';
import type { Turn } from '#simulator/turn.ts';

export function plugIn(
  turn: Turn,
  connector: Connector,
  car: FixedCar = {},
  contract: Contract | null = null,
): void {
  connector.plugInAt = null;
  if (connector.car) return;
  connector.car = arrivingCar(turn.state, { ...turn.state.spec.car, ...car });
  connector.contract = contract;
  if (contract && !connector.grant) authorizeCar(turn, connector, contract);
  else tryToBegin(turn, connector, 'cable');
}

/** Pulling the plug ends a transaction [StopTransactionOnEVSideDisconnect is always true here]. */
export function unplug(turn: Turn, connector: Connector): void {
  endSession(turn, connector, 'unplugged');
  connector.car = null;
  connector.contract = null;
  connector.finishing = false;
  connector.unplugAt = null;
}

/** Drivers come and go by themselves at the times set for them. */
export function moveCables(turn: Turn): void {
  for (const connector of turn.state.connectors) {
    if (connector.plugInAt !== null && connector.plugInAt <= turn.now) plugIn(turn, connector);
    if (connector.unplugAt !== null && connector.unplugAt <= turn.now) unplug(turn, connector);
  }
}
