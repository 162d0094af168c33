import type * as z from 'zod';
import { type Car, isDc } from '#simulator/charger-spec.ts';
import type { Connector } from '#simulator/charger-state.ts';
import { findConnector } from '#simulator/charging/connectors.ts';
import { peakKw, usedPhases } from '#simulator/physics/battery.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Payload, Turn } from '#simulator/turn.ts';
import type { Profile201 } from '#simulator/v201/profile.ts';

const MAX_TUPLES = 24;
const PACK_VOLTS = 400;
const MAINS_VOLTS = 230;
const LEAST_AMPS = 6;

/** A car that speaks ISO 15118 says what it needs, once it may charge [2.0.1 K15]. */
export function notifyNeeds(turn: Turn, connector: Connector): void {
  const { car } = connector;
  if (!car?.iso15118) return;
  const payload = {
    evseId: connector.id,
    maxScheduleTuples: MAX_TUPLES,
    chargingNeeds: {
      ...(isDc(connector) ? directNeeds(car, connector) : alternatingNeeds(car, connector)),
      ...(car.departureSeconds
        ? { departureTime: stamp(turn.state, turn.now + car.departureSeconds * 1000) }
        : {}),
    },
  };
  enqueue(turn, { action: 'NotifyEVChargingNeeds', payload, connectorId: connector.id });
}

const missingWh = ({ batteryKwh, socPercent }: Car): number =>
  Math.round(((100 - socPercent) / 100) * batteryKwh * 1000);

function directNeeds(car: Car, connector: Connector): Payload {
  const watts = Math.round(peakKw(car, connector) * 1000);
  return {
    requestedEnergyTransfer: 'DC',
    dcChargingParameters: {
      evMaxCurrent: Math.ceil(watts / PACK_VOLTS),
      evMaxVoltage: PACK_VOLTS,
      energyAmount: missingWh(car),
      evMaxPower: watts,
      stateOfCharge: Math.floor(car.socPercent),
      evEnergyCapacity: Math.round(car.batteryKwh * 1000),
    },
  };
}

function alternatingNeeds(car: Car, connector: Connector): Payload {
  const phases = usedPhases(car, connector);
  return {
    requestedEnergyTransfer: phases === 1 ? 'AC_single_phase' : 'AC_three_phase',
    acChargingParameters: {
      energyAmount: missingWh(car),
      evMinCurrent: LEAST_AMPS,
      evMaxCurrent: Math.floor((peakKw(car, connector) * 1000) / (MAINS_VOLTS * phases)),
      evMaxVoltage: MAINS_VOLTS,
    },
  };
}

/** Such a car answers a schedule with the one it chose of it: here, the first [2.0.1 K15.FR.10, K16]. */
export function notifySchedule(
  turn: Turn,
  evseId: number,
  { chargingSchedule }: z.infer<typeof Profile201>,
): void {
  const connector = findConnector(turn.state, evseId);
  const [schedule] = chargingSchedule;
  if (!connector?.car?.iso15118 || !schedule) return;
  const payload = {
    timeBase: schedule.startSchedule ?? stamp(turn.state, turn.now),
    evseId,
    chargingSchedule: schedule,
  };
  enqueue(turn, { action: 'NotifyEVChargingSchedule', payload, connectorId: evseId });
}
