import { describe, expect, test } from 'vitest';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import { actionsOf, isAction, validatorFor } from '#shared/ocpp/schemas/validate.ts';

const check = async (...[version, action, side]: Parameters<typeof validatorFor>) => {
  const validate = await validatorFor(version, action, side);
  return (payload: unknown) =>
    validate(payload)?.map(({ path, keyword, code }) => `${path} ${keyword} ${code}`);
};

describe('the generated validators', () => {
  // OCPP 1.6 edition 2 §3.3 (28) and the security whitepaper (11); 2.0.1 Part 2; 2.1 adds 27.
  test.each([
    ['ocpp1.6', 39],
    ['ocpp2.0.1', 64],
    ['ocpp2.1', 91],
  ] as const)('%s has all of its %i actions', (version, count) => {
    expect(actionsOf(version)).toHaveLength(count);
  });

  test.each(['ocpp1.6', 'ocpp2.0.1'] as const)('%s validates both ways', async (version) => {
    for (const action of actionsOf(version))
      for (const side of ['request', 'response'] as const) {
        const validate = await validatorFor(version, action, side);
        expect(validate([]), `${action} ${side}`).toMatchObject([{ code: 'FormatViolation' }]);
        expect(() => validate({}), `${action} ${side}`).not.toThrow();
      }
  });

  test('know no other action, and a SEND of 2.1 has no response', async () => {
    expect(isAction('ocpp1.6', 'TransactionEvent')).toBe(false);
    expect(isAction('ocpp1.6', 'toString')).toBe(false);
    await expect(validatorFor('ocpp1.6', 'constructor', 'request')).rejects.toThrow(RangeError);
    await expect(validatorFor('ocpp2.1', 'NotifyPeriodicEventStream', 'response')).rejects.toThrow(
      RangeError,
    );
  });

  test('accept every 1.6 charging limit of one decimal, and none of two', async () => {
    const violations = await check('ocpp1.6', 'SetChargingProfile', 'request');
    const profile = (limit: number): Payload<'ocpp1.6', 'SetChargingProfile', 'request'> => ({
      connectorId: 1,
      csChargingProfiles: {
        chargingProfileId: 1,
        stackLevel: 0,
        chargingProfilePurpose: 'TxDefaultProfile',
        chargingProfileKind: 'Relative',
        chargingSchedule: {
          chargingRateUnit: 'A',
          chargingSchedulePeriod: [{ startPeriod: 0, limit }],
        },
      },
    });
    const refused: number[] = [];
    for (let tenths = 0; tenths <= 3200; tenths++)
      if (violations(profile(tenths / 10))) refused.push(tenths);
    expect(refused).toEqual([]);
    expect(violations(profile(16.05))).toEqual([
      '/csChargingProfiles/chargingSchedule/chargingSchedulePeriod/0/limit multipleOf PropertyConstraintViolation',
    ]);
  });

  test.each(['Hz', 'Hertz', 'Celcius', 'Celsius'])('accept the 1.6 unit %s', async (unit) => {
    const meterValue = [
      { timestamp: '2026-01-05T10:00:00Z', sampledValue: [{ value: '49.98', unit }] },
    ];
    const meterValues = await check('ocpp1.6', 'MeterValues', 'request');
    expect(meterValues({ connectorId: 1, meterValue })).toBeUndefined();
    const stop = { transactionId: 1, meterStop: 1, timestamp: '2026-01-05T10:00:00Z' };
    const stopTransaction = await check('ocpp1.6', 'StopTransaction', 'request');
    expect(stopTransaction({ ...stop, transactionData: meterValue })).toBeUndefined();
  });

  test('accept an EXI response of 7500 characters, as the 2.0.1 errata allow', async () => {
    const violations = await check('ocpp2.0.1', 'Get15118EVCertificate', 'response');
    const answer = (length: number) => ({ status: 'Accepted', exiResponse: 'A'.repeat(length) });
    expect(violations(answer(7500))).toBeUndefined();
    expect(violations(answer(7501))).toHaveLength(1);
  });
});

describe('a violation', () => {
  const start = {
    connectorId: 1,
    idTag: '04A2B3',
    meterStart: 0,
    timestamp: '2026-01-05T10:00:00Z',
  } satisfies Payload<'ocpp1.6', 'StartTransaction', 'request'>;
  const { idTag: _, ...untagged } = start;

  test.each([
    ['a missing field', untagged, '/idTag required OccurrenceConstraintViolation'],
    [
      'an unknown field',
      { ...start, 'a/b': 1 },
      '/a~1b additionalProperties OccurrenceConstraintViolation',
    ],
    ['a wrong type', { ...start, meterStart: '0' }, '/meterStart type TypeConstraintViolation'],
    [
      'infinity',
      { ...start, meterStart: Number.POSITIVE_INFINITY },
      '/meterStart type TypeConstraintViolation',
    ],
    [
      'a long text',
      { ...start, idTag: 'x'.repeat(21) },
      '/idTag maxLength PropertyConstraintViolation',
    ],
    [
      'an instant without zone',
      { ...start, timestamp: '2026-01-05T10:00:00' },
      '/timestamp format PropertyConstraintViolation',
    ],
  ])('names the place and the constraint of %s', async (_name, payload, expected) => {
    const violations = await check('ocpp1.6', 'StartTransaction', 'request');
    expect(violations(payload)).toEqual([expected]);
  });

  test('counts a list that is too short as an occurrence', async () => {
    const violations = await check('ocpp2.0.1', 'MeterValues', 'request');
    expect(violations({ evseId: 1, meterValue: [] })).toEqual([
      '/meterValue minItems OccurrenceConstraintViolation',
    ]);
  });

  test('never repeats what was sent', async () => {
    const validate = await validatorFor('ocpp1.6', 'Authorize', 'request');
    expect(JSON.stringify(validate({ idTag: 'secret'.repeat(9) }))).not.toContain('secret');
  });
});

describe('an instant', () => {
  test.each([
    ['2026-01-05T10:00:00Z', true],
    ['2026-01-05T10:00:00.123Z', true],
    ['2026-01-05T15:30:00+05:30', true],
    ['2024-02-29T00:00:00Z', true],
    ['2026-02-29T00:00:00Z', false],
    ['2026-01-05 10:00:00Z', false],
    ['2026-01-05T10:00:00.1234567Z', false],
    ['2026-01-05T10:00:00', false],
    ['2026-01-05T15:30:00+0530', false],
    ['2026-01-05t10:00:00z', false],
    ['2026-01-05T23:59:60Z', false],
    ['', false],
  ])('%j is valid: %s', async (currentTime, valid) => {
    const validate = await validatorFor('ocpp2.0.1', 'Heartbeat', 'response');
    expect(validate({ currentTime }) === undefined).toBe(valid);
  });
});
