import { describe, expect, test } from 'vitest';
import { admit } from '#shared/ocpp/repair/admit.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

const at = '2026-01-05T10:00:00Z';
const reading = (sampled: object, timestamp = at) => ({
  connectorId: 1,
  meterValue: [{ timestamp, sampledValue: [sampled] }],
});
const reading201 = (sampled: object) => ({
  evseId: 1,
  meterValue: [{ timestamp: at, sampledValue: [sampled] }],
});
const sampled = '/meterValue/0/sampledValue/0';

type Row = readonly [
  slip: string,
  version: OcppVersion,
  sent: object,
  admitted: object,
  repair: { path: string; rule: string; was: unknown },
];

describe('a slip in a meter reading is repaired, and the repair recorded:', () => {
  const rows: Row[] = [
    // Field reports collected in the design's OCPP notes, sections 0.4 and 5.
    [
      'a context nobody defined',
      'ocpp1.6',
      reading({ value: '7', context: 'Sample' }),
      reading({ value: '7' }),
      { path: `${sampled}/context`, rule: 'context-unknown', was: 'Sample' },
    ],
    [
      'a reading as a number in 1.6',
      'ocpp1.6',
      reading({ value: 12345.678 }),
      reading({ value: '12345.678' }),
      { path: `${sampled}/value`, rule: 'number-written-as-text', was: 12345.678 },
    ],
    [
      'a reading as text in 2.0.1',
      'ocpp2.0.1',
      reading201({ value: '12345.678' }),
      reading201({ value: 12345.678 }),
      { path: `${sampled}/value`, rule: 'text-read-as-number', was: '12345.678' },
    ],
    [
      'a reading with spaces around it',
      'ocpp1.6',
      reading({ value: ' 49.98 ' }),
      reading({ value: '49.98' }),
      { path: `${sampled}/value`, rule: 'decimal-respelled', was: ' 49.98 ' },
    ],
    [
      'the unit kwh',
      'ocpp1.6',
      reading({ value: '1.5', unit: 'kwh' }),
      reading({ value: '1.5', unit: 'kWh' }),
      { path: `${sampled}/unit`, rule: 'enum-respelled', was: 'kwh' },
    ],
    [
      'the unit HZ',
      'ocpp1.6',
      reading({ value: '50', unit: 'HZ' }),
      reading({ value: '50', unit: 'Hz' }),
      { path: `${sampled}/unit`, rule: 'enum-respelled', was: 'HZ' },
    ],
    [
      'the unit %',
      'ocpp1.6',
      reading({ value: '80', unit: '%', measurand: 'SoC' }),
      reading({ value: '80', unit: 'Percent', measurand: 'SoC' }),
      { path: `${sampled}/unit`, rule: 'enum-respelled', was: '%' },
    ],
  ];

  test.each(rows)('%s (%s)', async (_slip, version, sent, payload, repair) => {
    const admitted = await admit(version, 'MeterValues', sent, { moneyCarrying: false });
    expect(admitted).toEqual({ accepted: 'repaired', payload, repairs: [repair] });
  });
});

describe('what the schemas allow is passed on untouched:', () => {
  test.each([
    ['the unit Hz', reading({ value: '49.98', unit: 'Hz', measurand: 'Frequency' })],
    ['the unit Hertz', reading({ value: '49.98', unit: 'Hertz', measurand: 'Frequency' })],
    ['the misspelled unit Celcius', reading({ value: '31', unit: 'Celcius' })],
    ['the right unit Celsius', reading({ value: '31', unit: 'Celsius' })],
    ['a current on phase N', reading({ value: '16', phase: 'N', unit: 'A' })],
    [
      'kWh counted as Wh, which only the meter’s history can tell',
      reading({ value: '12.345', unit: 'Wh' }),
    ],
    ['a register below zero', reading({ value: '-3.5' })],
    ['signed data', reading({ value: 'OCMF|{}|{"SD":"00"}', format: 'SignedData' })],
    ['a clock that stands at 1970', reading({ value: '1' }, '1970-01-01T00:00:00Z')],
    ['an instant with an offset', reading({ value: '1' }, '2026-01-05T15:30:00.000+05:30')],
    [
      'transaction -1, a start that was never delivered',
      { ...reading({ value: '1' }), transactionId: -1 },
    ],
  ])('%s', async (_name, payload) => {
    const admitted = await admit('ocpp1.6', 'MeterValues', payload, { moneyCarrying: true });
    expect(admitted).toEqual({ accepted: 'strict', payload, repairs: [] });
  });
});
