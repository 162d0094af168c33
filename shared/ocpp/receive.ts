import { findCharger } from '#shared/chargers/charger-view.ts';
import { autoRegister } from '#shared/chargers/register-charger.ts';
import { askForBoot } from '#shared/commands/ask-for-boot.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { metric } from '#shared/core/metric-names.ts';
import { answer, type Caller } from '#shared/ocpp/answer.ts';
import { dispatchCommands } from '#shared/ocpp/dispatch.ts';
import { messageOf, noiseOf, wireOf } from '#shared/ocpp/log-messages.ts';
import { protocols } from '#shared/ocpp/protocols.ts';
import { findQuirks, isSettled, spellQuirks } from '#shared/ocpp/repair/known-quirks.ts';
import { decode } from '#shared/ocpp/rpc/decode.ts';
import { RpcError, unreadableId } from '#shared/ocpp/rpc/errors.ts';
import {
  type Call,
  type CallError,
  type CallResult,
  encode,
  type Frame,
  type Ignored,
  type Received,
} from '#shared/ocpp/rpc/frame.ts';
import { settleReply } from '#shared/ocpp/settle-reply.ts';
import type { LogLevel } from '#shared/ocpp-log/level.ts';
import type { NewMessage } from '#shared/ocpp-log/logged-message.ts';
import { recordMessages } from '#shared/ocpp-log/record-messages.ts';

/** The charger at the other end, as the authorizer of its socket knew it. */
export type Sender = Caller & {
  /** Whether the charger was known when its socket opened. */
  readonly registered: boolean;
  /** How much of what is said is kept; all where left out. */
  readonly logLevel?: LogLevel;
};

/**
 * One message of a charger: a call is answered with exactly one frame over `ctx.sockets`, an answer
 * settles the command it answers, anything else is dropped. Throws only when the answer itself could
 * not be stored or sent. Whatever becomes of it, the message is logged.
 */
export async function receive(ctx: Context, sender: Sender, text: string): Promise<void> {
  const log: NewMessage[] = [];
  try {
    await take(ctx, sender, text, log);
  } finally {
    await recordMessages(ctx, wireOf(sender, sender.logLevel), log);
  }
}

async function take(ctx: Context, sender: Sender, text: string, log: NewMessage[]): Promise<void> {
  const { frame, complaint } = read(text, sender);
  if (complaint) {
    ctx.log.count(metric.ocppErrors);
    log.push(noiseOf(ctx, text, complaint.message));
    return send(ctx, sender, complaint, log);
  }
  if (frame.kind === 'ignore') {
    log.push(noiseOf(ctx, text, frame.reason));
    return drop(ctx, sender, frame);
  }
  const heard = messageOf(ctx, 'from_charger', sender.version, frame, text);
  log.push(heard);
  switch (frame.kind) {
    case 'call':
      return takeCall(ctx, sender, frame, log);
    case 'result':
    case 'error':
      Object.assign(heard, await settleReply(ctx, sender, frame));
      return;
    default:
      return drop(ctx, sender, frame);
  }
}

async function takeCall(ctx: Context, sender: Sender, call: Call, log: NewMessage[]) {
  const [heard] = log;
  const isNew = !sender.registered && (await autoRegister(ctx, sender.identity));
  const about: Context = { ...ctx, cause: { ...ctx.cause, ref: `${call.action}#${call.id}` } };
  const { reply, repairs } = await answer(protocols[sender.version], call, sender, about);
  if (heard) heard.repairs = repairs.map(({ rule, path }) => ({ rule, path }));
  const latency_ms = Date.parse(isoNow(ctx)) - Date.parse(heard?.at ?? isoNow(ctx));
  await send(ctx, sender, reply, log, { action: call.action, latency_ms });
  const booted = call.action === 'BootNotification';
  if (booted && (await isOtherMake(ctx, sender)))
    return ctx.sockets.ocpp.close(
      sender.connectionId,
      1012,
      'It is another charger now: reconnect',
    );
  if (isNew && !booted) await askForBoot(ctx, sender.chargerId);
  // What was queued before the charger could be reached goes out as soon as it may.
  if (isNew || booted) await dispatchCommands(ctx, sender.chargerId);
}

/**
 * Other hardware under the same identity: what the authorizer knew of its make holds no longer, and
 * only a new socket can tell all later messages so.
 */
async function isOtherMake(ctx: Context, { chargerId, quirks }: Sender): Promise<boolean> {
  const charger = quirks && (await findCharger(ctx, chargerId));
  if (!charger) return false;
  return !isSettled(charger) || spellQuirks(await findQuirks(ctx, charger)) !== spellQuirks(quirks);
}

/** What gets no answer: noise, a 2.1 SEND, and a 2.1 charger that could not read an answer of ours. */
function drop(ctx: Context, { chargerId: charger }: Sender, frame: Unanswered): void {
  switch (frame.kind) {
    case 'ignore':
      ctx.log.info('Noise was dropped', { charger, because: frame.reason });
      break;
    case 'send':
      ctx.log.info('A SEND was dropped', { charger, action: frame.action });
      break;
    case 'resultError': {
      const { id: message_id, code, message } = frame;
      ctx.log.error('An answer of ours was not understood', { charger, message_id, code, message });
      ctx.log.count(metric.ocppErrors);
    }
  }
}
type Unanswered = Exclude<Frame, Call | CallResult | CallError> | Ignored;

/** The frame, or the error that an unreadable call is answered with. */
function read(
  text: string,
  sender: Sender,
): { frame: Received; complaint?: undefined } | { frame?: undefined; complaint: CallError } {
  try {
    return { frame: decode(text, sender.version) };
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    const { code, message, details, callId: id = unreadableId } = error;
    return { complaint: { kind: 'error', id, code, message, details } };
  }
}

async function send(
  ctx: Context,
  { connectionId, version, chargerId }: Sender,
  frame: CallResult | CallError,
  log: NewMessage[],
  about: Pick<NewMessage, 'action' | 'latency_ms'> = {},
): Promise<void> {
  const text = encode(frame, version);
  const said = { ...messageOf(ctx, 'to_charger', version, frame, text), ...about };
  log.push(said);
  said.delivered = false;
  said.delivered = (await ctx.sockets.ocpp.send(connectionId, text)) === 'sent';
  if (!said.delivered) ctx.log.info('The charger left before its answer', { charger: chargerId });
}
