import { type Car, type ConnectorSpec, isDc } from '#simulator/charger-spec.ts';

/** The share of its peak power that a battery still takes just before it is full. */
const POWER_AT_FULL = 0.1;
/** On alternating current the on-board charger is the limit nearly to the end. */
const AC_TAPER_FROM_PERCENT = 97;

/** The most this car takes from this connector, before any taper. */
export function peakKw(car: Car, connector: ConnectorSpec): number {
  if (connector.phases === null) return Math.min(connector.powerKw, car.dcKw);
  const perPhaseKw = Math.min(connector.powerKw / connector.phases, car.acKwPerPhase);
  return usedPhases(car, connector) * perPhaseKw;
}

export const usedPhases = (car: Car, connector: ConnectorSpec): number =>
  Math.min(connector.phases ?? 1, car.acPhases);

const taperFrom = (car: Car, connector: ConnectorSpec): number =>
  isDc(connector) ? car.taperFromPercent : AC_TAPER_FROM_PERCENT;

/** How much of its peak the power falls for every percent above the taper's beginning. */
const taperSlope = (from: number): number => (1 - POWER_AT_FULL) / (100 - from);

export function powerKw(car: Car, connector: ConnectorSpec): number {
  if (car.socPercent >= 100) return 0;
  const from = taperFrom(car, connector);
  return peakKw(car, connector) * (1 - taperSlope(from) * Math.max(0, car.socPercent - from));
}

/** Percent per second at peak power. */
const peakRate = (car: Car, connector: ConnectorSpec): number =>
  (peakKw(car, connector) / car.batteryKwh) * (100 / 3600);

/**
 * The state of charge after so many seconds: straight up to the taper, then, as power falls in a
 * line with the charge, x' = c(1 - mx) and so x(t) = (1 - (1 - m x0) e^(-cmt)) / m. Being exact, it
 * gives the same register however the time is cut into steps.
 */
export function socAfter(car: Car, connector: ConnectorSpec, seconds: number): number {
  if (seconds >= secondsToFull(car, connector)) return 100;
  const rate = peakRate(car, connector);
  const from = taperFrom(car, connector);
  const constantFor = Math.max(0, (from - car.socPercent) / rate);
  if (seconds <= constantFor) return car.socPercent + rate * seconds;
  const slope = taperSlope(from);
  const start = Math.max(0, car.socPercent - from);
  const decay = Math.exp(-rate * slope * (seconds - constantFor));
  return from + (1 - (1 - slope * start) * decay) / slope;
}

export function secondsToFull(car: Car, connector: ConnectorSpec): number {
  if (car.socPercent >= 100) return 0;
  const rate = peakRate(car, connector);
  const from = taperFrom(car, connector);
  const slope = taperSlope(from);
  const start = Math.max(0, car.socPercent - from);
  const constantFor = Math.max(0, (from - car.socPercent) / rate);
  return constantFor + Math.log((1 - slope * start) / POWER_AT_FULL) / (rate * slope);
}

export const energyWhBetween = (car: Car, socPercent: number): number =>
  ((socPercent - car.socPercent) / 100) * car.batteryKwh * 1000;
