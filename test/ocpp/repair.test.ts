import { describe, expect, test } from 'vitest';
import { admit } from '#shared/ocpp/repair/admit.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

const at = '2026-01-05T10:00:00Z';
const start = { connectorId: 1, idTag: '04A2B3', meterStart: 1200, timestamp: at };
const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
const boot = { chargePointVendor: 'Acme', chargePointModel: 'One' };

type Row = readonly [
  slip: string,
  version: OcppVersion,
  action: string,
  sent: object,
  admitted: object,
  repair: { path: string; rule: string; was: unknown },
];

describe('a slip seen in the field is repaired, and the repair recorded:', () => {
  const rows: Row[] = [
    // Field reports collected in the design's OCPP notes, sections 0.4 and 5.
    [
      'an error code of the vendor’s own',
      'ocpp1.6',
      'StatusNotification',
      { ...status, errorCode: 'Error' },
      { ...status, errorCode: 'OtherError' },
      { path: '/errorCode', rule: 'error-code-unknown', was: 'Error' },
    ],
    [
      'an instant without zone',
      'ocpp1.6',
      'StartTransaction',
      { ...start, timestamp: '2026-01-05T10:00:00' },
      start,
      { path: '/timestamp', rule: 'zone-assumed-utc', was: '2026-01-05T10:00:00' },
    ],
    [
      'an instant with a space',
      'ocpp1.6',
      'StartTransaction',
      { ...start, timestamp: '2026-01-05 10:00:00Z' },
      start,
      { path: '/timestamp', rule: 'instant-respelled', was: '2026-01-05 10:00:00Z' },
    ],
    [
      'an instant of seven decimals',
      'ocpp1.6',
      'StartTransaction',
      { ...start, timestamp: '2026-01-05T10:00:00.1239999Z' },
      { ...start, timestamp: '2026-01-05T10:00:00.123Z' },
      { path: '/timestamp', rule: 'instant-respelled', was: '2026-01-05T10:00:00.1239999Z' },
    ],
    [
      'a zone without colon',
      'ocpp1.6',
      'StartTransaction',
      { ...start, timestamp: '2026-01-05T15:30:00+0530' },
      { ...start, timestamp: '2026-01-05T15:30:00+05:30' },
      { path: '/timestamp', rule: 'instant-respelled', was: '2026-01-05T15:30:00+0530' },
    ],
    [
      'a DataTransfer with an object',
      'ocpp1.6',
      'DataTransfer',
      { vendorId: 'Growatt', data: { a: [1] } },
      { vendorId: 'Growatt', data: '{"a":[1]}' },
      { path: '/data', rule: 'data-written-as-text', was: { a: [1] } },
    ],
    [
      'a model of 24 characters',
      'ocpp1.6',
      'BootNotification',
      { ...boot, chargePointModel: 'Wallbox Commander 2 SIM+' },
      { ...boot, chargePointModel: 'Wallbox Commander 2 ' },
      { path: '/chargePointModel', rule: 'text-truncated', was: 'Wallbox Commander 2 SIM+' },
    ],
    [
      'a field nobody defined',
      'ocpp1.6',
      'Heartbeat',
      { uptime: 7 },
      {},
      { path: '/uptime', rule: 'unknown-field-dropped', was: 7 },
    ],
    [
      'a status in lower case',
      'ocpp1.6',
      'StatusNotification',
      { ...status, status: 'suspended_ev' },
      { ...status, status: 'SuspendedEV' },
      { path: '/status', rule: 'enum-respelled', was: 'suspended_ev' },
    ],
    [
      'null for none',
      'ocpp1.6',
      'StartTransaction',
      { ...start, reservationId: null },
      start,
      { path: '/reservationId', rule: 'empty-field-dropped', was: null },
    ],
    [
      'an empty text for no instant',
      'ocpp1.6',
      'StatusNotification',
      { ...status, timestamp: '' },
      status,
      { path: '/timestamp', rule: 'empty-field-dropped', was: '' },
    ],
    [
      'an integer as text',
      'ocpp1.6',
      'StartTransaction',
      { ...start, connectorId: '1' },
      start,
      { path: '/connectorId', rule: 'text-read-as-number', was: '1' },
    ],
    [
      'an integer as text with a point',
      'ocpp1.6',
      'StartTransaction',
      { ...start, meterStart: '1200.0' },
      start,
      { path: '/meterStart', rule: 'text-read-as-number', was: '1200.0' },
    ],
    [
      'a numeric token without quotes',
      'ocpp1.6',
      'Authorize',
      { idTag: 12345678 },
      { idTag: '12345678' },
      { path: '/idTag', rule: 'number-written-as-text', was: 12345678 },
    ],
    [
      'a boolean as text',
      'ocpp2.0.1',
      'NotifyMonitoringReport',
      { requestId: 1, seqNo: 0, generatedAt: at, tbc: 'False' },
      { requestId: 1, seqNo: 0, generatedAt: at, tbc: false },
      { path: '/tbc', rule: 'text-read-as-boolean', was: 'False' },
    ],
  ];

  test.each(rows)('%s (%s)', async (_slip, version, action, sent, payload, repair) => {
    const admitted = await admit(version, action, sent, { moneyCarrying: false });
    expect(admitted).toEqual({ accepted: 'repaired', payload, repairs: [repair] });
  });

  test('several in one message', async () => {
    const sent = {
      ...start,
      connectorId: '2',
      timestamp: '2026-01-05T10:00:00',
      extra: {},
      reservationId: null,
    };
    const admitted = await admit('ocpp1.6', 'StartTransaction', sent, { moneyCarrying: true });
    expect(admitted).toMatchObject({ accepted: 'repaired', payload: { ...start, connectorId: 2 } });
    expect('repairs' in admitted && admitted.repairs).toHaveLength(4);
  });

  test('in a charger’s answer as well', async () => {
    const sent = {
      configurationKey: [{ key: 'HeartbeatInterval', readonly: 'false', value: 300 }],
    };
    const admitted = await admit('ocpp1.6', 'GetConfiguration', sent, {
      moneyCarrying: false,
      side: 'response',
    });
    expect(admitted).toMatchObject({
      payload: { configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '300' }] },
    });
  });
});
