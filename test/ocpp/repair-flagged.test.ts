import { describe, expect, test } from 'vitest';
import { admit } from '#shared/ocpp/repair/admit.ts';

const at = '2026-01-05T10:00:00Z';
const money = { moneyCarrying: true };
const start = { connectorId: 1, idTag: '04A2B3', meterStart: 1200, timestamp: at };
const stop = { transactionId: 7, meterStop: 5200, timestamp: at };
const energy = { value: '5200', measurand: 'Energy.Active.Import.Register', unit: 'Wh' };
const values = (...sampledValue: unknown[]) => ({
  connectorId: 1,
  meterValue: [{ timestamp: at, sampledValue }],
});
const { meterStart: _, ...startWithoutMeter } = start;
const { idTag: __, ...startWithoutTag } = start;
const longTag = { ...start, idTag: 'x'.repeat(255) };
const { timestamp: ___, ...stopWithoutTime } = stop;

describe('a message that carries money is kept, without its invalid parts:', () => {
  test.each([
    ['a start without meter', 'StartTransaction', startWithoutMeter, startWithoutMeter],
    [
      'a start whose meter is no number',
      'StartTransaction',
      { ...start, meterStart: 'n/a' },
      startWithoutMeter,
    ],
    ['a start with a token too long, and the token', 'StartTransaction', longTag, longTag],
    [
      'a start with a token too long to be any',
      'StartTransaction',
      { ...start, idTag: 'x'.repeat(256) },
      startWithoutTag,
    ],
    [
      'a stop at an impossible time',
      'StopTransaction',
      { ...stop, timestamp: '0000-00-00T00:00:00Z' },
      stopWithoutTime,
    ],
    ['a stop for a reason nobody defined', 'StopTransaction', { ...stop, reason: 'Bored' }, stop],
    ['a stop whose data is broken', 'StopTransaction', { ...stop, transactionData: 'x' }, stop],
    [
      'a status nobody defined',
      'StatusNotification',
      { connectorId: 1, errorCode: 'NoError', status: 'Occupied' },
      { connectorId: 1, errorCode: 'NoError' },
    ],
    [
      'a reading that is no number',
      'MeterValues',
      values(energy, { ...energy, value: 'NaN' }),
      values(energy),
    ],
    [
      'a reading with a decimal comma, which could be thousands',
      'MeterValues',
      values(energy, { value: '12,5' }),
      values(energy),
    ],
    [
      'a reading of an unknown measurand, which must not become energy',
      'MeterValues',
      values({ ...energy, measurand: 'Power' }, energy),
      values(energy),
    ],
    [
      'a reading in an unknown unit',
      'MeterValues',
      values({ ...energy, unit: 'BTU' }, energy),
      values(energy),
    ],
    [
      'a reading of an unknown phase',
      'MeterValues',
      values({ ...energy, phase: 'L4' }, energy),
      values(energy),
    ],
    ['readings of which none is left', 'MeterValues', values({ value: '' }), values()],
    ['a payload that is no object', 'StartTransaction', 'start', {}],
  ])('%s', async (_name, action, sent, payload) => {
    const admitted = await admit('ocpp1.6', action, sent, money);
    expect(admitted).toMatchObject({ accepted: 'flagged', payload });
    expect('payload' in admitted && admitted.payload).toEqual(payload);
    expect('violations' in admitted && admitted.violations).not.toEqual([]);
  });

  test('what was left out stays in the record', async () => {
    const admitted = await admit(
      'ocpp1.6',
      'StartTransaction',
      { ...start, meterStart: 'n/a' },
      money,
    );
    expect(admitted).toMatchObject({
      repairs: [{ path: '/meterStart', rule: 'invalid-part-dropped', was: 'n/a' }],
    });
  });

  test('a reading survives the loss of its signature, which is kept in the record whole', async () => {
    const signedMeterData = 'S'.repeat(3000);
    const signedMeterValue = {
      signedMeterData,
      signingMethod: '',
      encodingMethod: 'OCMF',
      publicKey: '',
    };
    const event = (sampled: object) => ({
      eventType: 'Ended',
      timestamp: at,
      triggerReason: 'EVDeparted',
      seqNo: 3,
      transactionInfo: { transactionId: 't-1' },
      meterValue: [{ timestamp: at, sampledValue: [sampled] }],
    });
    const sent = event({ value: 5200, signedMeterValue });
    const admitted = await admit('ocpp2.0.1', 'TransactionEvent', sent, money);
    expect(admitted).toMatchObject({ accepted: 'flagged', repairs: [{ was: signedMeterValue }] });
    expect('payload' in admitted && admitted.payload).toEqual(event({ value: 5200 }));
  });
});

test('any other message that cannot be repaired is refused with its violations', async () => {
  const admitted = await admit(
    'ocpp1.6',
    'Authorize',
    { idTag: 'x'.repeat(21), a: 1 },
    { moneyCarrying: false },
  );
  expect(admitted).toMatchObject({
    accepted: 'refused',
    violations: [{ path: '/idTag', code: 'PropertyConstraintViolation' }],
  });
});
