import { autoRegister } from '#shared/chargers/register-charger.ts';
import { askForBoot } from '#shared/commands/ask-for-boot.ts';
import type { Context } from '#shared/core/context.ts';
import { metric } from '#shared/core/metric-names.ts';
import type { Peer } from '#shared/ocpp/action.ts';
import { answer } from '#shared/ocpp/answer.ts';
import { dispatchCommands } from '#shared/ocpp/dispatch.ts';
import { protocols } from '#shared/ocpp/protocols.ts';
import { decode } from '#shared/ocpp/rpc/decode.ts';
import { RpcError, unreadableId } from '#shared/ocpp/rpc/errors.ts';
import {
  type Call,
  type CallError,
  type CallResult,
  encode,
  type Received,
} from '#shared/ocpp/rpc/frame.ts';
import { settleReply } from '#shared/ocpp/settle-reply.ts';

/** `registered`: whether the charger was known when its socket opened. */
export type Sender = Peer & { readonly registered: boolean };

/**
 * One message of a charger: a call is answered with exactly one frame over `ctx.sockets`, an answer
 * settles the command it answers, anything else is dropped. Throws only when the answer itself could
 * not be stored or sent.
 */
export async function receive(ctx: Context, sender: Sender, text: string): Promise<void> {
  const protocol = protocols[sender.version];
  const { frame, complaint } = read(text, sender);
  if (complaint) {
    ctx.log.count(metric.ocppErrors);
    return send(ctx, sender, complaint);
  }
  switch (frame.kind) {
    case 'call': {
      const isNew = !sender.registered && (await autoRegister(ctx, sender.identity));
      const about: Context = {
        ...ctx,
        cause: { ...ctx.cause, ref: `${frame.action}#${frame.id}` },
      };
      await send(ctx, sender, await answer(protocol, frame, sender, about));
      const booted = frame.action === 'BootNotification';
      if (isNew && !booted) await askForBoot(ctx, sender.chargerId);
      // What was queued before the charger could be reached goes out as soon as it may.
      if (isNew || booted) await dispatchCommands(ctx, sender.chargerId);
      return;
    }
    case 'result':
    case 'error':
      return settleReply(ctx, sender, frame);
    default:
      drop(ctx, sender, frame);
  }
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
type Unanswered = Exclude<Received, Call | CallResult | CallError>;

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
  frame: Parameters<typeof encode>[0],
) {
  const sent = await ctx.sockets.ocpp.send(connectionId, encode(frame, version));
  if (sent === 'gone') ctx.log.info('The charger left before its answer', { charger: chargerId });
}
