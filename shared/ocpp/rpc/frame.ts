import type { RpcErrorCode } from '#shared/ocpp/rpc/errors.ts';
import { spellCode } from '#shared/ocpp/rpc/errors.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

/** OCPP-J's message type numbers. 2.1 added the last two. */
export const messageType = { call: 2, result: 3, error: 4, resultError: 5, send: 6 } as const;

export interface Call {
  readonly kind: 'call';
  readonly id: string;
  readonly action: string;
  readonly payload: unknown;
}
/** A 2.1 message that gets no answer. */
export interface Send extends Omit<Call, 'kind'> {
  readonly kind: 'send';
}
export interface CallResult {
  readonly kind: 'result';
  readonly id: string;
  readonly payload: unknown;
}
export interface CallError {
  readonly kind: 'error';
  readonly id: string;
  readonly code: RpcErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}
/** A 2.1 peer's complaint about our answer to its call. Never answered. */
export interface CallResultError extends Omit<CallError, 'kind'> {
  readonly kind: 'resultError';
}
/** Nothing to do but log: an answer would be wrong, or impossible. */
export interface Ignored {
  readonly kind: 'ignore';
  readonly reason: string;
}

export type Frame = Call | Send | CallResult | CallError | CallResultError;
export type Received = Frame | Ignored;

/** The longest error description of every version. */
const longestMessage = 255;

export function encode(frame: Frame, version: OcppVersion): string {
  const type = messageType[frame.kind];
  switch (frame.kind) {
    case 'call':
    case 'send':
      return JSON.stringify([type, frame.id, frame.action, frame.payload]);
    case 'result':
      return JSON.stringify([type, frame.id, frame.payload]);
    case 'error':
    case 'resultError':
      return JSON.stringify([
        type,
        frame.id,
        spellCode(frame.code, version),
        frame.message.slice(0, longestMessage),
        frame.details,
      ]);
  }
}
