import { findInFlight } from '#shared/commands/in-flight.ts';
import { type Outcome, settleCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { metric } from '#shared/core/metric-names.ts';
import { outcomeByStatus, type Peer } from '#shared/ocpp/action.ts';
import { dispatchCommands } from '#shared/ocpp/dispatch.ts';
import type { CallError, CallResult } from '#shared/ocpp/rpc/frame.ts';
import { findVocabulary } from '#shared/ocpp/vocabulary.ts';
import { commandSettled } from '#shared/sessions/command-outcome.ts';

/**
 * The charger answered a call of ours: its command is settled, and the next one goes out. An answer
 * to nothing we wait for (too late, twice, never asked) is logged and dropped; it is never answered.
 */
export async function settleReply(
  ctx: Context,
  peer: Peer,
  reply: CallResult | CallError,
): Promise<void> {
  const awaited = await findInFlight(ctx, peer.chargerId);
  if (awaited?.message_id !== reply.id) {
    ctx.log.info('An answer nobody waits for', { charger: peer.chargerId, message_id: reply.id });
    ctx.log.count(metric.strayReplies);
    return;
  }
  const outcome = reply.kind === 'result' ? outcomeOf(peer, awaited.action, reply) : failure(reply);
  const release = { messageId: reply.id };
  const settled = await settleCommand(ctx, awaited.command_id, outcome, release);
  if (settled) await commandSettled(ctx, settled);
  await dispatchCommands(ctx, peer.chargerId);
}

function outcomeOf(peer: Peer, action: string, { payload }: CallResult): Outcome {
  const outbound = findVocabulary(peer.version)?.outbound.find((o) => o.action === action);
  const outcome = outbound ? outbound.outcomeOf(payload) : outcomeByStatus(payload);
  return { ...outcome, response: payload };
}

const failure = ({ code, message, details }: CallError): Outcome => ({
  status: 'failed',
  outcome: 'error',
  reason: message || code,
  error: { code, description: message, details },
});
