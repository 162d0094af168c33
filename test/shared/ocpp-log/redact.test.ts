import { describe, expect, test } from 'vitest';
import { redact, redactMessage, redactText } from '#shared/ocpp-log/redact.ts';

const SECRET = '6f70656e20736573616d65';
const HIDDEN = '[redacted]';

describe('passwords in messages', () => {
  test.each([
    ['ChangeConfiguration of 1.6', { key: 'AuthorizationKey', value: SECRET }],
    ['... whatever its case', { key: 'authorizationKEY', value: SECRET }],
    [
      'GetConfiguration of 1.6',
      { configurationKey: [{ key: 'AuthorizationKey', readonly: false, value: SECRET }] },
    ],
    [
      'SetVariables of 2.0.1',
      {
        setVariableData: [
          {
            component: { name: 'SecurityCtrlr' },
            variable: { name: 'BasicAuthPassword' },
            attributeValue: SECRET,
          },
        ],
      },
    ],
    [
      'GetVariables of 2.0.1',
      {
        getVariableResult: [
          {
            attributeStatus: 'Accepted',
            attributeValue: SECRET,
            component: { name: 'SecurityCtrlr' },
            variable: { name: 'BasicAuthPassword' },
          },
        ],
      },
    ],
    [
      'NotifyReport of 2.0.1',
      {
        reportData: [
          {
            component: { name: 'SecurityCtrlr' },
            variable: { name: 'BasicAuthPassword' },
            variableAttribute: [{ type: 'Actual', value: SECRET }],
          },
        ],
      },
    ],
    [
      'SetNetworkProfile of 2.0.1',
      {
        configurationSlot: 1,
        connectionData: {
          apn: { apn: 'iot', apnPassword: SECRET, simPin: 1234, apnAuthentication: 'AUTO' },
          vpn: { server: 'vpn', user: 'u', password: SECRET, key: SECRET, type: 'IPSec' },
        },
      },
    ],
    [
      'SetNetworkProfile of 2.1',
      { connectionData: { identity: 'CP-1', basicAuthPassword: SECRET } },
    ],
    ['GetDiagnostics of 1.6', { location: `ftp://user:${SECRET}@files.example/logs` }],
    [
      'GetLog, to a signed address',
      { log: { remoteLocation: `https://b.s3.example/x?a=1&X-Amz-Signature=${SECRET}&b=2` } },
    ],
  ])('%s are hidden', (_what, payload) => {
    const shown = JSON.stringify(redact(payload));
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain('1234');
    expect(shown).toContain(HIDDEN);
  });

  test.each([
    ['settings', { key: 'HeartbeatInterval', value: '300' }],
    ['names of settings', { key: ['AuthorizationKey'] }],
    [
      'a refused password',
      {
        setVariableResult: [
          { variable: { name: 'BasicAuthPassword' }, attributeStatus: 'Rejected' },
        ],
      },
    ],
    ['meter values', { meterValue: [{ sampledValue: [{ value: '1' }] }] }],
    ['hashes of certificates', { issuerKeyHash: 'ab12', serialNumber: '1' }],
    ['addresses', { location: 'https://files.example/a?b=c#d' }],
    ['nothing', null],
  ])('%s are shown as they were', (_what, payload) => {
    expect(redact(payload)).toEqual(payload);
  });

  test('are not shown in what cannot be parsed either', () => {
    expect(redactText(`[2,"1","X",{"key":"AuthorizationKey","value":"${SECRET}"`)).toBe(HIDDEN);
    expect(redactText('hello')).toBe('hello');
  });
});

test('what a charger keeps of a customer is not shown, how its parts came is', () => {
  const part = { requestId: 7, seqNo: 0, data: 'Asha lives at the lake.' };
  expect(redactMessage('NotifyCustomerInformation', part)).toEqual({ ...part, data: HIDDEN });
  expect(redactMessage('DataTransfer', { data: 'as it is' })).toEqual({ data: 'as it is' });
  expect(redactMessage('NotifyCustomerInformation', null)).toBeNull();
});
