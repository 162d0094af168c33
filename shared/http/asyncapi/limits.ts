import {
  CONNECTIONS_PER_CREDENTIAL,
  MAX_DURATION_S,
  RECONNECT_NOTICE_S,
} from '#shared/live/connection.ts';
import { MAX_FRAME_BYTES } from '#shared/live/frames.ts';
import { TICKET_VALID_S } from '#shared/live/live-ticket.ts';
import { EVENTS_AT_MOST, REACH_MS } from '#shared/live/replay.ts';
import { EVENTS_PER_SECOND } from '#shared/live/send-events.ts';

/** Ten minutes: the gateway's. */
const IDLE_S = 600;

/** What a connection may, as the code has it. */
export const limits = {
  connection_seconds: MAX_DURATION_S,
  reconnect_notice_seconds: RECONNECT_NOTICE_S,
  idle_seconds: IDLE_S,
  frame_bytes: MAX_FRAME_BYTES,
  connections_per_credential: CONNECTIONS_PER_CREDENTIAL,
  events_per_second: EVENTS_PER_SECOND,
  replay_seconds: REACH_MS / 1000,
  replay_events: EVENTS_AT_MOST,
  ticket_seconds: TICKET_VALID_S,
};

/**
 * How a connection ends. A gateway that cannot send a code of ours closes with 1000 or 1001 after a frame
 * that says why; a handshake is refused with an HTTP status.
 */
export const closeCodes = {
  '1001': 'Idle for ten minutes, or two hours old.',
  '1009': 'A frame of more than 32 KB.',
  '4400': 'A frame that cannot be read: `error` with `bad_frame` comes before.',
  '4401':
    'The credential is revoked or has ended. Handshake: 401, the ticket is unknown, used or too old.',
  '4410': 'The session of this URL is over. Handshake: 410.',
  '4429': 'Handshake only, as 429: the credential has 20 connections open.',
};
