import { describe, expect, it } from 'vitest';
import type { Car, ConnectorSpec } from '#simulator/charger-spec.ts';
import { peakKw, powerKw, secondsToFull, socAfter } from '#simulator/physics/battery.ts';

const AC_7: ConnectorSpec = { id: 1, plug: 'Type2', powerKw: 7.4, phases: 1 };
const AC_22: ConnectorSpec = { id: 1, plug: 'Type2', powerKw: 22, phases: 3 };
const DC_60: ConnectorSpec = { id: 1, plug: 'CCS2', powerKw: 60, phases: null };
const car = (given: Partial<Car>): Car => ({
  batteryKwh: 60,
  socPercent: 20,
  acPhases: 3,
  acKwPerPhase: 7.4,
  dcKw: 100,
  taperFromPercent: 70,
  ...given,
});

describe('the power a car takes', () => {
  it.each([
    ['a single-phase socket gives a three-phase car one phase', AC_7, {}, 7.4],
    ['a 22 kW socket gives a 22 kW car all of it', AC_22, {}, 22],
    ['three phases of 16 A limit a 22 kW socket to 11 kW', AC_22, { acKwPerPhase: 3.7 }, 11.1],
    ['a single-phase car takes a third of a 22 kW socket', AC_22, { acPhases: 1 as const }, 22 / 3],
    ['a DC charger is its own limit', DC_60, {}, 60],
    ['a small battery is the limit of a DC charger', DC_60, { dcKw: 50 }, 50],
  ])('%s', (_name, connector, given, kw) => {
    expect(peakKw(car(given), connector)).toBeCloseTo(kw, 9);
  });

  it('is constant up to the taper and falls in a line to a tenth at the top', () => {
    const at = (socPercent: number) => powerKw(car({ socPercent }), DC_60);
    expect(at(20)).toBe(60);
    expect(at(70)).toBe(60);
    // halfway between 70 and 100 %: halfway between 60 kW and 6 kW
    expect(at(85)).toBeCloseTo(33, 9);
    expect(at(99.999999)).toBeCloseTo(6, 4);
    expect(at(100)).toBe(0);
  });
});

describe('the state of charge', () => {
  it('rises 50 % in half an hour of 60 kW into 60 kWh', () => {
    expect(socAfter(car({}), DC_60, 1800)).toBeCloseTo(70, 9);
  });

  it('needs ln(10)/0.9 times the constant-power time for the taper', () => {
    // x' = c(1 - mx) over x = 30 %, with 1 - mx falling from 1 to 0.1: t = ln(10)/(cm).
    // c = 60/60/36 % per second, m = 0.9/30; 30 % at constant power would take 30/c = 1080 s.
    const taper = (1080 * Math.log(10)) / 0.9;
    expect(secondsToFull(car({ socPercent: 70 }), DC_60)).toBeCloseTo(taper, 6);
    expect(secondsToFull(car({}), DC_60)).toBeCloseTo(1800 + taper, 6);
  });

  it('is the same whether time passes at once or second by second', () => {
    let stepped = car({ socPercent: 60 });
    for (let second = 0; second < 3000; second += 1) {
      stepped = { ...stepped, socPercent: socAfter(stepped, DC_60, 1) };
    }
    expect(stepped.socPercent).toBeCloseTo(socAfter(car({ socPercent: 60 }), DC_60, 3000), 8);
  });

  it('never passes 100 %', () => {
    expect(socAfter(car({}), DC_60, 1e9)).toBe(100);
    expect(secondsToFull(car({ socPercent: 100 }), DC_60)).toBe(0);
  });
});
