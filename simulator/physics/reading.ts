import { type Car, isDc } from '#simulator/charger-spec.ts';
import type { Connector, Reading } from '#simulator/charger-state.ts';
import { powerKw, usedPhases } from '#simulator/physics/battery.ts';
import { drawBetween } from '#simulator/physics/random.ts';

const MAINS_VOLTS = 230;
/** What adding fractions may have cost: too little to show, enough to hide a whole watt-hour. */
const ROUNDING_WH = 1e-5;
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** What the meter of a connector shows now. Voltage wanders a little, as mains voltage does. */
export function readMeter(
  holder: { random: number },
  connector: Connector,
  at: number,
  context: Reading['context'],
  flowing: boolean,
): Reading {
  const { car } = connector;
  const watts = car && flowing ? powerKw(car, connector) * 1000 : 0;
  return {
    at,
    context,
    energyWh: Math.floor(connector.registerWh + ROUNDING_WH),
    powerW: Math.round(watts),
    phases: isDc(connector)
      ? [phase('DC', packVolts(car), watts)]
      : acPhases(holder, connector, watts),
    socPercent: car && isDc(connector) ? Math.floor(car.socPercent) : null,
  };
}

const phase = (name: string, volts: number, watts: number): Reading['phases'][number] => ({
  name,
  volts: round(volts, 1),
  amps: round(watts / volts, 2),
});

/** A 400 V pack rises from about 340 V empty to 410 V full. */
const packVolts = (car: Car | null): number => (car ? 340 + 0.7 * car.socPercent : 340);

function acPhases(
  holder: { random: number },
  connector: Connector,
  watts: number,
): Reading['phases'] {
  const used = connector.car ? usedPhases(connector.car, connector) : 1;
  return ['L1', 'L2', 'L3'].slice(0, connector.phases ?? 1).map((name, index) => {
    const volts = MAINS_VOLTS + drawBetween(holder, -1.5, 1.5);
    return phase(name, volts, index < used ? watts / used : 0);
  });
}
