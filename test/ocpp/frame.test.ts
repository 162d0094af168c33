import { describe, expect, test } from 'vitest';
import { decode } from '#shared/ocpp/rpc/decode.ts';
import { RpcError, readCode, rpcErrorCodes, spellCode } from '#shared/ocpp/rpc/errors.ts';
import { encode, type Frame } from '#shared/ocpp/rpc/frame.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

const call = (payload: unknown) => ({ kind: 'call', id: 'a1', action: 'Heartbeat', payload });

/** The frame, or `code callId` of the error that must be answered. */
function outcome(text: string, version: OcppVersion): unknown {
  try {
    return decode(text, version);
  } catch (error) {
    if (error instanceof RpcError) return `${error.code} ${error.callId}`;
    throw error;
  }
}

describe('decode', () => {
  test.each([
    ['a call', '[2,"a1","Heartbeat",{"x":1}]', call({ x: 1 })],
    ['white space and a byte order mark', '\uFEFF [2, "a1", "Heartbeat", {}]\r\n', call({})],
    ['the NULs of a fixed buffer', '[2,"a1","Heartbeat",{}]\0\0\0', call({})],
    ['a null payload', '[2,"a1","Heartbeat",null]', call({})],
    ['a missing payload', '[2,"a1","Heartbeat"]', call({})],
    ['an empty list for an empty object', '[2,"a1","Heartbeat",[]]', call({})],
    ['more elements than defined', '[2,"a1","Heartbeat",{},7]', call({})],
    ['a payload that validation will refuse', '[2,"a1","Heartbeat","x"]', call('x')],
    ['the last of two equal keys', '[2,"a1","Heartbeat",{"x":1,"x":2}]', call({ x: 2 })],
    ['an id without quotes', '[2,17,"Heartbeat",{}]', { ...call({}), id: '17' }],
    [
      'an id beyond 36 characters',
      `[2,"${'i'.repeat(200)}","Heartbeat",{}]`,
      { ...call({}), id: 'i'.repeat(200) },
    ],
    [
      'a result',
      '[3,"a1",{"status":"Accepted"}]',
      { kind: 'result', id: 'a1', payload: { status: 'Accepted' } },
    ],
    ['a result without payload', '[3,"a1"]', { kind: 'result', id: 'a1', payload: {} }],
    [
      'an error',
      '[4,"a1","NotSupported","no",{"why":1}]',
      { kind: 'error', id: 'a1', code: 'NotSupported', message: 'no', details: { why: 1 } },
    ],
    [
      'an error that ends at its code',
      '[4,"a1","FormationViolation"]',
      { kind: 'error', id: 'a1', code: 'FormatViolation', message: '', details: {} },
    ],
    [
      'an error that ends at its id',
      '[4,"a1"]',
      { kind: 'error', id: 'a1', code: 'GenericError', message: '', details: {} },
    ],
    [
      'text where error details belong',
      '[4,"a1","Whatever",null,"details"]',
      { kind: 'error', id: 'a1', code: 'GenericError', message: '', details: { value: 'details' } },
    ],
  ])('reads %s, in any version', (_name, text, expected) => {
    expect(outcome(text, 'ocpp1.6')).toEqual(expected);
    expect(outcome(text, 'ocpp2.0.1')).toEqual(expected);
  });

  const ignore = { kind: 'ignore', reason: expect.any(String) };
  test.each([
    ['text that is no JSON', 'hello', ignore, 'RpcFrameworkError -1'],
    ['nothing', '', ignore, 'RpcFrameworkError -1'],
    ['an object', '{"a":1}', ignore, 'RpcFrameworkError -1'],
    ['a call cut off after its id', '[2,"a1","Heart', 'FormatViolation a1', 'RpcFrameworkError a1'],
    ['a call cut off in its id', '[2,"a', 'FormatViolation -1', 'RpcFrameworkError -1'],
    ['a call without id', '[2]', 'FormatViolation -1', 'RpcFrameworkError -1'],
    [
      'a call with an object for an id',
      '[2,{},"Heartbeat",{}]',
      'FormatViolation -1',
      'RpcFrameworkError -1',
    ],
    [
      'a call with an endless id',
      `[2,"${'i'.repeat(256)}","Heartbeat",{}]`,
      'FormatViolation -1',
      'RpcFrameworkError -1',
    ],
    ['a call without action', '[2,"a1"]', 'FormatViolation a1', 'RpcFrameworkError a1'],
    [
      'a call with a number for an action',
      '[2,"a1",5,{}]',
      'FormatViolation a1',
      'RpcFrameworkError a1',
    ],
    ['a result cut off', '[3,"a1",{"st', ignore, ignore],
    ['a result without id', '[3]', ignore, ignore],
    ['an error without id', '[4,null,"GenericError","",{}]', ignore, ignore],
    ['an unknown message type', '[9,"a1",{}]', ignore, 'MessageTypeNotSupported a1'],
    ['a message type of 2.1', '[6,"a1","X",{}]', ignore, 'MessageTypeNotSupported a1'],
    ['a message type in quotes', '["2","a1","Heartbeat",{}]', ignore, 'MessageTypeNotSupported a1'],
    ['an empty array', '[]', ignore, 'MessageTypeNotSupported -1'],
    [
      'a call above 128 KiB',
      `[2,"a1","X",{"x":"${'x'.repeat(131_072)}"}]`,
      'FormatViolation a1',
      'RpcFrameworkError a1',
    ],
    [
      'a bottomless call',
      `[2,"a1","X",${'['.repeat(50)}${']'.repeat(50)}]`,
      'FormatViolation a1',
      'RpcFrameworkError a1',
    ],
    ['a result above 128 KiB', `[3,"a1",{"x":"${'é'.repeat(65_600)}"}]`, ignore, ignore],
  ])('answers %s only where that is allowed', (_name, text, in16, in201) => {
    expect(outcome(text, 'ocpp1.6')).toEqual(in16);
    expect(outcome(text, 'ocpp2.0.1')).toEqual(in201);
  });

  test('reads the two message types of 2.1, and never answers them', () => {
    expect(decode('[6,"a1","NotifyPeriodicEventStream",{"id":1}]', 'ocpp2.1')).toEqual({
      kind: 'send',
      id: 'a1',
      action: 'NotifyPeriodicEventStream',
      payload: { id: 1 },
    });
    expect(decode('[6,"a1"]', 'ocpp2.1')).toEqual(ignore);
    expect(decode('[6,"a1","X', 'ocpp2.1')).toEqual(ignore);
    expect(decode('[5,"a1","InternalError","",{}]', 'ocpp2.1')).toMatchObject({
      kind: 'resultError',
      code: 'InternalError',
    });
  });
});

describe('error codes', () => {
  const error = (code: (typeof rpcErrorCodes)[number]): Frame => ({
    kind: 'error',
    id: 'a1',
    code,
    message: '',
    details: {},
  });

  // 1.6J table 7 with errata 5.1 and 5.2; 2.0.1 Part 4 table 8.
  test.each([
    ['FormatViolation', 'FormationViolation', 'FormatViolation'],
    [
      'OccurrenceConstraintViolation',
      'OccurenceConstraintViolation',
      'OccurrenceConstraintViolation',
    ],
    ['TypeConstraintViolation', 'TypeConstraintViolation', 'TypeConstraintViolation'],
    ['RpcFrameworkError', 'GenericError', 'RpcFrameworkError'],
    ['MessageTypeNotSupported', 'GenericError', 'MessageTypeNotSupported'],
  ] as const)('%s is spelled %s in 1.6 and %s in 2.0.1', (code, in16, in201) => {
    expect(encode(error(code), 'ocpp1.6')).toBe(`[4,"a1","${in16}","",{}]`);
    expect(encode(error(code), 'ocpp2.0.1')).toBe(`[4,"a1","${in201}","",{}]`);
  });

  test('are understood in either spelling, and 1.6 never sees a code it does not have', () => {
    for (const code of rpcErrorCodes) {
      expect(readCode(code)).toBe(code);
      expect(['GenericError', code]).toContain(readCode(spellCode(code, 'ocpp1.6')));
    }
    expect(readCode('__proto__')).toBe('GenericError');
  });
});

describe('encode', () => {
  test('cuts an error description at the 255 characters that every version allows', () => {
    const frame: Frame = {
      kind: 'error',
      id: 'a1',
      code: 'InternalError',
      message: 'x'.repeat(300),
      details: {},
    };
    expect(decode(encode(frame, 'ocpp2.0.1'), 'ocpp2.0.1')).toEqual({
      ...frame,
      message: 'x'.repeat(255),
    });
  });
});
