import { describe, expect, test } from 'vitest';
import { applyQuirks } from '#shared/ocpp/repair/apply-quirks.ts';
import { instantOfLocal } from '#shared/ocpp/repair/local-time.ts';
import { Quirk, type QuirkRepairs } from '#shared/ocpp/repair/quirk.ts';
import { quirks } from '#shared/ocpp/repair/quirks.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

const [any] = quirks;
const read = (
  repairs: QuirkRepairs,
  action: string,
  payload: unknown,
  version: OcppVersion = 'ocpp1.6',
) => applyQuirks({ quirks: [{ ...Quirk.parse(any), repairs }] }, { version, action, payload });

const energy = { energy_unit: 'kWh_as_Wh' } as const;
const power = { power_unit: 'kW_as_W' } as const;
const of = (...sampledValue: object[]) => ({ meterValue: [{ sampledValue }] });

test.each([
  ['what has no unit is in Wh by default', { value: '1' }, { value: '1', unit: 'kWh' }],
  ['kWh is left', { value: '1', unit: 'kWh' }, undefined],
  ['power is left', { value: '1', measurand: 'Power.Active.Import', unit: 'W' }, undefined],
  ['signed data is left', { value: 'x', format: 'SignedData' }, undefined],
])('kWh called Wh: %s', (_what, before: object, after: object = before) => {
  expect(read(energy, 'MeterValues', of(before)).payload).toEqual(of(after));
});

test.each([
  [{ meterStart: 361 }, { meterStart: 361_000 }],
  [{ meterStop: '361.5' }, { meterStop: 361_500 }],
  [{ meterStop: '' }, { meterStop: '' }],
  [{ meterStop: null }, { meterStop: null }],
])('kWh called Wh: the register %j is %j', (before, after) => {
  expect(read(energy, 'StopTransaction', before).payload).toEqual(after);
});

test('kW called W is put right in every version', () => {
  const sent = { value: 7.2, measurand: 'Power.Active.Import' };
  const meant = { ...sent, unitOfMeasure: { unit: 'kW' } };
  expect(read(power, 'TransactionEvent', of(sent), 'ocpp2.1').payload).toEqual(of(meant));
  const unit = { ...sent, unitOfMeasure: { unit: 'W', multiplier: 0 } };
  expect(read(power, 'TransactionEvent', of(unit), 'ocpp2.0.1').payload).toEqual(
    of({ ...sent, unitOfMeasure: { unit: 'kW', multiplier: 0 } }),
  );
  expect(read(power, 'MeterValues', of(sent)).payload).toEqual(of({ ...sent, unit: 'kW' }));
});

test('a register of 0 goes, and its instant with it where nothing else was read', () => {
  const payload = {
    meterValue: [
      { sampledValue: [{ value: '0' }] },
      { sampledValue: [{ value: '0' }, { value: '5', measurand: 'SoC' }] },
      { sampledValue: [{ value: '0', context: 'Transaction.Begin' }] },
    ],
  };
  expect(read({ zero_register: 'drop' }, 'MeterValues', payload).payload).toEqual({
    meterValue: [
      { sampledValue: [{ value: '5', measurand: 'SoC' }] },
      { sampledValue: [{ value: '0', context: 'Transaction.Begin' }] },
    ],
  });
});

test('the reading of the beginning stays where it is the only one of its kind', () => {
  const begin = { value: '1', context: 'Transaction.Begin' };
  const payload = of(begin, { value: '2', phase: 'L1' });
  expect(read({ repeated_begin: 'drop' }, 'MeterValues', payload).payload).toEqual(payload);
});

test('the connector is named where none was, and nowhere else', () => {
  const connector = { missing_connector: 1 };
  expect(read(connector, 'StartTransaction', {}).payload).toEqual({ connectorId: 1 });
  expect(read(connector, 'StartTransaction', { connectorId: 0 }).repairs).toEqual([]);
  expect(read(connector, 'Authorize', {}).repairs).toEqual([]);
});

describe('local time', () => {
  // Berlin: UTC+1, in summer +2; the change is at 01:00 UTC on 29 March and 25 October 2026.
  test.each([
    ['2026-01-01T12:00:00', '2026-01-01T11:00:00Z'],
    ['2026-07-01T12:00:00Z', '2026-07-01T10:00:00Z'],
    ['2026-07-01 12:00:00.5', '2026-07-01T10:00:00.500Z'],
    ['2026-03-29T01:59:59', '2026-03-29T00:59:59Z'],
    ['2026-03-29T03:00:00', '2026-03-29T01:00:00Z'],
    ['2026-10-25T03:00:00', '2026-10-25T02:00:00Z'],
    ['1970-01-01T00:00:00', '1969-12-31T23:00:00Z'],
    ['noon', undefined],
    ['2026-07-01T12:00:00+02:00', undefined],
  ])('%s in Berlin is %s', (text, instant) => {
    expect(instantOfLocal(text, 'Europe/Berlin')).toBe(instant);
  });

  test('is left alone where it is written otherwise than the quirk says, or the zone is unknown', () => {
    const timezone = { zone: 'Asia/Shanghai', written: 'without_zone' } as const;
    const at = (timestamp: string) => ({ timestamp, meterValue: [{ timestamp }] });
    expect(read({ timezone }, 'X', at('2026-06-01T20:00:00')).payload).toEqual(
      at('2026-06-01T12:00:00Z'),
    );
    expect(read({ timezone }, 'X', at('2026-06-01T20:00:00Z')).repairs).toEqual([]);
    const site = { timezone: { ...timezone, zone: 'site' } };
    expect(read(site, 'X', at('2026-06-01T20:00:00')).repairs).toEqual([]);
  });
});

test.each([
  ['an unknown repair', { repairs: { colour: 'red' } }],
  ['no repair', { repairs: {} }],
  ['a zone that is none', { repairs: { timezone: { zone: 'Mars/Olympus', written: 'as_utc' } } }],
  ['no source', { source: '' }],
  ['no vendor', { match: { model: 'X' } }],
])('the file takes no entry with %s', (_what, wrong) => {
  expect(Quirk.safeParse({ ...any, ...wrong }).success).toBe(false);
});
