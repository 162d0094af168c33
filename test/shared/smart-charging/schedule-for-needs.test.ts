import { describe, expect, test } from 'vitest';
import { scheduleForNeeds } from '#shared/smart-charging/schedule-for-needs.ts';
import type { ChargingNeeds } from '#shared/smart-charging/vehicle-plan.ts';

const NOON = Date.parse('2026-06-01T12:00:00Z');
const needs: ChargingNeeds = {
  departure_at: '2026-06-01T18:00:00Z',
  energy_kwh: 20,
  max_power_kw: 22,
  min_power_kw: 4.14,
  max_current_a: 32,
  phases: 3,
  soc_percent: null,
  told_at: '2026-06-01T12:00:00Z',
};
const plan = (more: Partial<ChargingNeeds>, watts: number | null = 11_000, periods = 24) => {
  const planned = scheduleForNeeds({ ...needs, ...more }, { watts, periods }, NOON);
  return {
    ...planned,
    periods: planned.periods.map(({ start_seconds, limit }) => [start_seconds, limit]),
  };
};

describe('a schedule for what a vehicle needs', () => {
  // 20 kWh and a tenth at 11 kW: 22 / 11 h = 7,200 s.
  test('gives all there is until the energy is there, then what keeps it going', () => {
    expect(plan({})).toEqual({
      periods: [
        [0, 11_000],
        [7200, 4140],
      ],
      duration_seconds: 21_600,
      short_of_wh: null,
    });
  });

  test.each([
    ['no departure', { departure_at: null }, 11_000, 24, null],
    ['no energy', { energy_kwh: null }, 11_000, 24, 21_600],
    ['no minimum', { min_power_kw: null }, 11_000, 24, 21_600],
    ['one period only', {}, 11_000, 1, 21_600],
    ['a minimum above what there is', { min_power_kw: 11 }, 11_000, 24, 21_600],
  ])('gives all there is throughout with %s', (_, more, watts, periods, lasts) => {
    expect(plan(more, watts, periods)).toMatchObject({
      periods: [[0, 11_000]],
      duration_seconds: lasts,
    });
  });

  test('is bound by the vehicle where that is the weaker', () => {
    expect(plan({ max_power_kw: 7.4 }).periods[0]).toEqual([0, 7400]);
    expect(plan({ max_power_kw: null }).periods[0]).toEqual([0, 11_000]);
    expect(plan({}, null).periods[0]).toEqual([0, 22_000]);
    expect(plan({ max_power_kw: null }, null).periods).toEqual([]);
  });

  // 11 kW for an hour are 11 kWh of 20.
  test('says what cannot be had in time', () => {
    expect(plan({ departure_at: '2026-06-01T13:00:00Z' })).toEqual({
      periods: [[0, 11_000]],
      duration_seconds: 3600,
      short_of_wh: 9000,
    });
  });

  test('takes no notice of a departure that is past, or at once', () => {
    for (const departure_at of ['1970-01-01T00:00:00Z', '2026-06-01T12:10:00Z'])
      expect(plan({ departure_at })).toMatchObject({
        periods: [[0, 11_000]],
        duration_seconds: null,
      });
  });

  test('gives nothing where nothing may flow', () => {
    expect(plan({}, 0).periods).toEqual([[0, 0]]);
  });
});
