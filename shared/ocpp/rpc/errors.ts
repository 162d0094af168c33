import type { OcppVersion } from '#shared/ocpp/version.ts';

/** Every error code of every version, in the 2.x spelling. */
export const rpcErrorCodes = [
  'FormatViolation',
  'GenericError',
  'InternalError',
  'MessageTypeNotSupported',
  'NotImplemented',
  'NotSupported',
  'OccurrenceConstraintViolation',
  'PropertyConstraintViolation',
  'ProtocolError',
  'RpcFrameworkError',
  'SecurityError',
  'TypeConstraintViolation',
] as const;
export type RpcErrorCode = (typeof rpcErrorCodes)[number];

/** The id of an answer to a call whose own id could not be read (OCPP-J 2.0.1 §4.2.3). */
export const unreadableId = '-1';

/** A failure the other side is told about. `callId` is set when the failing call has been read so far. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: RpcErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  readonly callId: string | undefined;

  constructor(
    code: RpcErrorCode,
    message: string,
    options: { details?: Readonly<Record<string, unknown>>; callId?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
    this.callId = options.callId;
  }
}

/**
 * 1.6 lacks two codes and misspells two others; its errata (§5.1, §5.2) keep the misspellings for
 * compatibility.
 */
const spelling16: Partial<Record<RpcErrorCode, string>> = {
  FormatViolation: 'FormationViolation',
  OccurrenceConstraintViolation: 'OccurenceConstraintViolation',
  MessageTypeNotSupported: 'GenericError',
  RpcFrameworkError: 'GenericError',
};

/** The code as this version spells it. */
export const spellCode = (code: RpcErrorCode, version: OcppVersion): string =>
  (version === 'ocpp1.6' ? spelling16[code] : undefined) ?? code;

const misspellings: Readonly<Record<string, RpcErrorCode>> = {
  FormationViolation: 'FormatViolation',
  OccurenceConstraintViolation: 'OccurrenceConstraintViolation',
};

/** The code behind either spelling, whatever the version; `GenericError` for one nobody defined. */
export function readCode(spelled: string): RpcErrorCode {
  const code = Object.hasOwn(misspellings, spelled) ? misspellings[spelled] : undefined;
  return code ?? rpcErrorCodes.find((known) => known === spelled) ?? 'GenericError';
}
