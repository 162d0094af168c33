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

/** Where the taper begins to be felt: later under a limit, which cuts the top off the curve. */
function feltFrom(car: Car, connector: ConnectorSpec, limitKw: number): number {
  const from = taperFrom(car, connector);
  return from + (1 - shareOf(car, connector, limitKw)) / taperSlope(from);
}

/** The share of the peak that a limit leaves. */
const shareOf = (car: Car, connector: ConnectorSpec, limitKw: number): number =>
  Math.min(1, Math.max(0, limitKw) / peakKw(car, connector));

export function powerKw(car: Car, connector: ConnectorSpec, limitKw = Infinity): number {
  if (car.socPercent >= 100) return 0;
  const from = taperFrom(car, connector);
  const curve = 1 - taperSlope(from) * Math.max(0, car.socPercent - from);
  return peakKw(car, connector) * Math.min(curve, shareOf(car, connector, limitKw));
}

/** Percent per second at peak power. */
const peakRate = (car: Car, connector: ConnectorSpec): number =>
  (peakKw(car, connector) / car.batteryKwh) * (100 / 3600);

/**
 * The state of charge after so many seconds: straight up to the taper, then, as power falls in a
 * line with the charge, x' = c(1 - mx) and so x(t) = (1 - (1 - m x0) e^(-cmt)) / m. Being exact, it
 * gives the same register however the time is cut into steps. Under a limit the straight part is
 * flatter and longer.
 */
export function socAfter(
  car: Car,
  connector: ConnectorSpec,
  seconds: number,
  limitKw = Infinity,
): number {
  if (seconds >= secondsToFull(car, connector, limitKw)) return 100;
  const constantFor = secondsAtConstant(car, connector, limitKw);
  const constantRate = peakRate(car, connector) * shareOf(car, connector, limitKw);
  if (seconds <= constantFor) return car.socPercent + constantRate * seconds;
  const from = taperFrom(car, connector);
  const slope = taperSlope(from);
  const start = Math.max(car.socPercent, feltFrom(car, connector, limitKw)) - from;
  const decay = Math.exp(-peakRate(car, connector) * slope * (seconds - constantFor));
  return from + (1 - (1 - slope * start) * decay) / slope;
}

function secondsAtConstant(car: Car, connector: ConnectorSpec, limitKw: number): number {
  const share = shareOf(car, connector, limitKw);
  if (share === 0) return Infinity;
  const upTo = Math.min(100, feltFrom(car, connector, limitKw));
  return Math.max(0, upTo - car.socPercent) / (peakRate(car, connector) * share);
}

export function secondsToFull(car: Car, connector: ConnectorSpec, limitKw = Infinity): number {
  if (car.socPercent >= 100) return 0;
  const constantFor = secondsAtConstant(car, connector, limitKw);
  const felt = Math.max(car.socPercent, feltFrom(car, connector, limitKw));
  if (felt >= 100 || constantFor === Infinity) return constantFor;
  const from = taperFrom(car, connector);
  const slope = taperSlope(from);
  const rest = Math.log((1 - slope * (felt - from)) / POWER_AT_FULL) / slope;
  return constantFor + rest / peakRate(car, connector);
}

export const energyWhBetween = (car: Car, socPercent: number): number =>
  ((socPercent - car.socPercent) / 100) * car.batteryKwh * 1000;
