import { type Context, isoNow } from '#shared/core/context.ts';
import type { Peer } from '#shared/ocpp/action.ts';
import { spellCode } from '#shared/ocpp/rpc/errors.ts';
import type { CallError, Frame } from '#shared/ocpp/rpc/frame.ts';
import { type OcppVersion, versionNumber } from '#shared/ocpp/version.ts';
import type { LogLevel } from '#shared/ocpp-log/level.ts';
import type { NewMessage } from '#shared/ocpp-log/logged-message.ts';
import type { Wire } from '#shared/ocpp-log/record-messages.ts';

/** The socket that messages come and go by, as their log names it. */
export const wireOf = (
  { chargerId, connectionId, version }: Omit<Peer, 'identity'>,
  level: LogLevel = 'all',
): Wire => ({ chargerId, connectionId, version: versionNumber[version], level });

/** A message with its text, as it is logged. */
export const messageOf = (
  ctx: Context,
  direction: NewMessage['direction'],
  version: OcppVersion,
  frame: Frame,
  text: string,
): NewMessage => ({
  ...partsOf(frame, version),
  at: isoNow(ctx),
  direction,
  size_bytes: Buffer.byteLength(text),
});

function partsOf(frame: Frame, version: OcppVersion) {
  const { id: message_id } = frame;
  switch (frame.kind) {
    case 'call':
    case 'send':
      return { type: frame.kind, message_id, action: frame.action, payload: frame.payload };
    case 'result':
      return { type: frame.kind, message_id, payload: frame.payload };
    case 'error':
      return { type: frame.kind, message_id, error: errorOf(frame, version) };
    case 'resultError':
      return { type: 'result_error' as const, message_id, error: errorOf(frame, version) };
  }
}

const errorOf = (
  { code, message: description, details }: Omit<CallError, 'kind'>,
  version: OcppVersion,
) => ({ code: spellCode(code, version), description, details: { ...details } });

/** Noise may be long, and nobody reads all of it. */
const LONGEST_NOISE = 4000;

/** Text that came in and is no message, and why not. */
export const noiseOf = (ctx: Context, text: string, because: string): NewMessage => ({
  at: isoNow(ctx),
  direction: 'from_charger',
  type: 'unreadable',
  raw: text.slice(0, LONGEST_NOISE),
  error: { code: 'Unreadable', description: because, details: {} },
  size_bytes: Buffer.byteLength(text),
});
