import type { Car, FixedCar } from '#simulator/charger-spec.ts';
import { draw, drawBetween } from '#simulator/physics/random.ts';

/** On-board chargers as they are sold: one phase of 32 A, three of 16 A, three of 32 A. */
type OnBoard = Pick<Car, 'acPhases' | 'acKwPerPhase'>;
const ON_BOARD: readonly [OnBoard, ...OnBoard[]] = [
  { acPhases: 1, acKwPerPhase: 7.4 },
  { acPhases: 3, acKwPerPhase: 3.7 },
  { acPhases: 3, acKwPerPhase: 7.4 },
];
const DC_KW = [50, 80, 100, 150] as const;

const pick = <T>(holder: { random: number }, among: readonly [T, ...T[]]): T =>
  among[Math.floor(draw(holder) * among.length)] ?? among[0];

/** The next car to come by: drawn from the seed, except for what is `fixed`. */
export function arrivingCar(holder: { random: number }, fixed: FixedCar): Car {
  const onBoard = pick(holder, ON_BOARD);
  const batteryKwh = Math.round(drawBetween(holder, 30, 85));
  const socPercent = Math.round(drawBetween(holder, 15, 45));
  const dcKw = pick(holder, DC_KW);
  const taperFromPercent = Math.round(drawBetween(holder, 60, 80));
  return {
    batteryKwh: fixed.batteryKwh ?? batteryKwh,
    socPercent: fixed.socPercent ?? socPercent,
    acPhases: fixed.acPhases ?? onBoard.acPhases,
    acKwPerPhase: fixed.acKwPerPhase ?? onBoard.acKwPerPhase,
    dcKw: fixed.dcKw ?? dcKw,
    taperFromPercent: fixed.taperFromPercent ?? taperFromPercent,
    ...(fixed.iso15118 ? { iso15118: true } : {}),
    ...(fixed.departureSeconds ? { departureSeconds: fixed.departureSeconds } : {}),
  };
}
