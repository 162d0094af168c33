import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '#shared/ocpp/rpc/decode.ts';
import { RpcError, rpcErrorCodes } from '#shared/ocpp/rpc/errors.ts';
import { encode, type Frame, type Received } from '#shared/ocpp/rpc/frame.ts';
import { ocppVersions } from '#shared/ocpp/version.ts';
import { hostileText } from '#test/support/hostile-text.ts';

const version = fc.constantFrom(...ocppVersions);
function tryDecode(...input: Parameters<typeof decode>): Received | RpcError {
  try {
    return decode(...input);
  } catch (error) {
    if (error instanceof RpcError) return error;
    throw error;
  }
}

describe('hostile input', () => {
  test('gives a frame, silence, or an error that names the call it answers', () => {
    fc.assert(
      fc.property(hostileText, version, (text, spoken) => {
        const received = tryDecode(text, spoken);
        if (received instanceof RpcError) {
          const { callId, code, message, details } = received;
          if (callId === undefined) throw new Error('Nobody to answer', { cause: received });
          encode({ kind: 'error', id: callId, code, message, details }, spoken);
        } else expect(received.kind).toMatch(/^(call|send|result|error|resultError|ignore)$/);
      }),
      { numRuns: 3000 },
    );
  });

  test('with the shape of a call is always a call, or an error that is answered', () => {
    const shaped = fc
      .array(fc.jsonValue(), { maxLength: 5 })
      .map((rest) => JSON.stringify([2, ...rest]));
    fc.assert(
      fc.property(shaped, version, (text, spoken) => {
        const received = tryDecode(text, spoken);
        if (received instanceof RpcError) expect(received.callId).toEqual(expect.any(String));
        else expect(received.kind).toBe('call');
      }),
      { numRuns: 1000 },
    );
  });
});

test('every frame that is encoded is decoded as it was', () => {
  const id = fc.string({ minLength: 1, maxLength: 36, unit: 'binary' });
  const payload = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 }), { maxKeys: 4 });
  const action = fc.string({ minLength: 1, maxLength: 50 });
  const code = fc.constantFrom(...rpcErrorCodes);
  const message = fc.string({ maxLength: 255 });
  const frame: fc.Arbitrary<Frame> = fc.oneof(
    fc.record({ kind: fc.constantFrom('call', 'send'), id, action, payload }),
    fc.record({ kind: fc.constant('result'), id, payload }),
    fc.record({
      kind: fc.constantFrom('error', 'resultError'),
      id,
      code,
      message,
      details: payload,
    }),
  );
  fc.assert(
    fc.property(frame, (sent) => {
      const text = encode(sent, 'ocpp2.1');
      expect(decode(text, 'ocpp2.1')).toEqual(JSON.parse(JSON.stringify(sent)));
    }),
    { numRuns: 1000 },
  );
});
