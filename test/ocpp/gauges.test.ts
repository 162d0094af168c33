import { expect, test } from 'vitest';
import { of, sampled } from '#test/support/sampled-16.ts';

// Gotchas 31 and 32: each measurand on its own; the total before the phases.
test.each([
  ['power in W', [of('Power.Active.Import', '7400', { unit: 'W' })], { power_kw: 7.4 }],
  ['power without unit, which is W', [of('Power.Active.Import', '7400')], { power_kw: 7.4 }],
  ['power in kW', [of('Power.Active.Import', '7.4', { unit: 'kW' })], { power_kw: 7.4 }],
  [
    'power by phase',
    ['L1', 'L2', 'L3'].map((phase) => of('Power.Active.Import', '2500', { unit: 'W', phase })),
    { power_kw: 7.5 },
  ],
  [
    'the highest current of the phases, not that of the neutral',
    [
      ['L1', '15'],
      ['L2', '16'],
      ['N', '31'],
    ].map(([phase, value]) => of('Current.Import', value, { unit: 'A', phase })),
    { current_a: 16 },
  ],
  [
    'no current of the neutral alone',
    [of('Current.Import', '3', { phase: 'N' })],
    { current_a: null },
  ],
  ['voltage', [of('Voltage', '231.5', { unit: 'V' })], { voltage_v: 231.5 }],
  ['a state of charge', [of('SoC', '41', { unit: 'Percent' })], { soc_percent: 41 }],
  ['no state of charge beyond full', [of('SoC', '255')], { soc_percent: null }],
  [
    'temperature by its misspelled unit',
    [of('Temperature', '31.5', { unit: 'Celcius' })],
    { temperature_c: 31.5 },
  ],
  [
    'temperature in Fahrenheit',
    [of('Temperature', '95', { unit: 'Fahrenheit' })],
    { temperature_c: 35 },
  ],
])('reads %s', async (_what, sampledValue, expected) => {
  const { sample } = await sampled(sampledValue);
  expect(sample).toMatchObject(expected);
});
