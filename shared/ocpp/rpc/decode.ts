import { RpcError, readCode, unreadableId } from '#shared/ocpp/rpc/errors.ts';
import { type Frame, messageType, type Received } from '#shared/ocpp/rpc/frame.ts';
import { isTooDeep, parseJson, salvage } from '#shared/ocpp/rpc/json.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

/** API Gateway's own limit for one WebSocket message. */
const largestFrameBytes = 128 * 1024;
/** The deepest message of any version nests 15 levels; vendors may add their own data inside. */
const deepestFrame = 40;
/** The specification says 36; chargers send more, and an id ends up in logs and keys. */
const longestId = 255;
const longestAction = 100;

/**
 * Reads one message as leniently as OCPP-J allows: missing, `null` or `[]` payloads are empty ones,
 * errors may be short, whitespace, a byte order mark or NULs around the text do no harm. Throws
 * nothing but an {@link RpcError} with a `callId`, which must be answered with a CALLERROR;
 * everything that must not be answered comes back as `ignore`.
 */
export function decode(text: string, version: OcppVersion): Received {
  if (Buffer.byteLength(text) > largestFrameBytes)
    return unreadable(text, version, 'The message is too large');
  const parsed = parseJson(text);
  if (!parsed) return unreadable(text, version, 'The message is not JSON');
  if (isTooDeep(parsed.value, deepestFrame))
    return unreadable(text, version, 'The message is nested too deeply');
  if (!Array.isArray(parsed.value)) return unreadable(text, version, 'A message is a JSON array');
  const [type, id, ...rest]: unknown[] = parsed.value;
  return read(type, readId(id), rest, version);
}

function read(
  type: unknown,
  id: string | undefined,
  rest: unknown[],
  version: OcppVersion,
): Received {
  switch (type) {
    case messageType.call:
      return readCall('call', id, rest, version);
    case messageType.result:
      return id === undefined
        ? ignored('A result without id')
        : { kind: 'result', id, payload: payloadOf(rest[0]) };
    case messageType.error:
      return readError('error', id, rest);
    case messageType.resultError:
      if (version === 'ocpp2.1') return readError('resultError', id, rest);
      break;
    case messageType.send:
      if (version === 'ocpp2.1') return readSend(id, rest, version);
      break;
  }
  if (version === 'ocpp1.6') return ignored('An unknown message type');
  throw new RpcError('MessageTypeNotSupported', 'This message type is unknown', {
    callId: id ?? unreadableId,
  });
}

function readCall(
  kind: 'call' | 'send',
  id: string | undefined,
  [action, payload]: unknown[],
  version: OcppVersion,
): Frame {
  if (id === undefined)
    throw frameworkError(version, 'The message id cannot be read', unreadableId);
  if (typeof action !== 'string' || action === '' || action.length > longestAction)
    throw frameworkError(version, 'The action cannot be read', id);
  return { kind, id, action, payload: payloadOf(payload) };
}

/** A SEND is never answered, so a broken one is only dropped. */
function readSend(id: string | undefined, rest: unknown[], version: OcppVersion): Received {
  try {
    return readCall('send', id, rest, version);
  } catch (error) {
    if (error instanceof RpcError) return ignored(error.message);
    throw error;
  }
}

function readError(
  kind: 'error' | 'resultError',
  id: string | undefined,
  [code, message, details]: unknown[],
): Received {
  if (id === undefined) return ignored('An error without id');
  return {
    kind,
    id,
    code: typeof code === 'string' ? readCode(code) : 'GenericError',
    message: typeof message === 'string' ? message : '',
    details: detailsOf(details),
  };
}

/** What cannot be read is answered only where it is, or may be, a call that waits for an answer. */
function unreadable(text: string, version: OcppVersion, reason: string): Received {
  const { type, id } = salvage(text, longestId);
  if (type === messageType.call) throw frameworkError(version, reason, id ?? unreadableId);
  if (version === 'ocpp1.6' || type !== undefined) return ignored(reason);
  throw frameworkError(version, reason, unreadableId);
}

/** 1.6 has no code of its own for what is wrong below the payload. */
const frameworkError = (version: OcppVersion, message: string, callId: string) =>
  new RpcError(version === 'ocpp1.6' ? 'FormatViolation' : 'RpcFrameworkError', message, {
    callId,
  });

const ignored = (reason: string): Received => ({ kind: 'ignore', reason });

/** Firmware that counts its messages sometimes forgets the quotes. */
function readId(id: unknown): string | undefined {
  if (typeof id === 'string') return id.length <= longestId ? id : undefined;
  return Number.isSafeInteger(id) ? String(id) : undefined;
}

/** Some encoders cannot tell an empty object from an empty list. */
function payloadOf(payload: unknown): unknown {
  const isEmpty = payload === undefined || payload === null;
  return isEmpty || (Array.isArray(payload) && payload.length === 0) ? {} : payload;
}

function detailsOf(details: unknown): Record<string, unknown> {
  if (details === undefined || details === null) return {};
  if (typeof details === 'object' && !Array.isArray(details)) return { ...details };
  return { value: details };
}
