import { followCommand } from '#shared/catalogue/command-followers.ts';
import { learnAbilities } from '#shared/chargers/learn-abilities.ts';
import { findInFlight, type InFlight } from '#shared/commands/in-flight.ts';
import { findCommand, type Outcome, settleCommand } from '#shared/commands/settle-command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { metric } from '#shared/core/metric-names.ts';
import { insisting } from '#shared/core/retry.ts';
import type { Peer } from '#shared/ocpp/action.ts';
import { dispatchCommands } from '#shared/ocpp/dispatch.ts';
import { readReply } from '#shared/ocpp/read-reply.ts';
import type { CallError, CallResult } from '#shared/ocpp/rpc/frame.ts';
import { findVocabulary } from '#shared/ocpp/vocabulary.ts';

/** What an answer is about, for the log of messages. */
export interface Answering {
  readonly action: string;
  readonly command_id: string;
  readonly latency_ms: number | null;
}

/**
 * The charger answered a call of ours: its command is settled, and the next one goes out. An answer
 * to nothing we wait for (too late, twice, never asked) is logged and dropped; it is never answered.
 * No charger repeats an answer, so each step insists.
 */
export async function settleReply(
  ctx: Context,
  peer: Peer,
  reply: CallResult | CallError,
): Promise<Answering | undefined> {
  const receivedAt = isoNow(ctx);
  const awaited = await insisting(() => findInFlight(ctx, peer.chargerId));
  if (awaited?.message_id !== reply.id) {
    ctx.log.info('An answer nobody waits for', { charger: peer.chargerId, message_id: reply.id });
    ctx.log.count(metric.strayReplies);
    return undefined;
  }
  const { action, command_id } = awaited;
  const outbound = (await actionsNamed(peer, action)).find((o) => o.command === commandOf(awaited));
  const outcome = await insisting(async () =>
    reply.kind === 'result' ? readReply(ctx, peer, { action, outbound }, reply) : failure(reply),
  );
  const release = { messageId: reply.id };
  const settled = await insisting(() => settleCommand(ctx, command_id, outcome, release));
  if (reply.kind === 'error') await insisting(() => learnFrom(ctx, peer, awaited, reply));
  // Whoever follows the command may ask what the charger has just shown to lack.
  if (settled) await followNow(ctx, settled.id);
  await insisting(() => dispatchCommands(ctx, peer.chargerId));
  const sentAt = settled?.sent_at;
  const latency_ms = sentAt ? Date.parse(receivedAt) - Date.parse(sentAt) : null;
  return { action, command_id, latency_ms };
}

const failure = ({ code, message, details }: CallError): Outcome => ({
  status: 'failed',
  outcome: 'error',
  reason: message || code,
  error: { code, description: message, details },
});

/**
 * Tells the thing the command was sent for at once; should that fail, the task of the same purpose,
 * stored with the outcome, will do it.
 */
async function followNow(ctx: Context, commandId: string): Promise<void> {
  try {
    const command = await findCommand(ctx, commandId);
    if (command) await followCommand(ctx, command);
  } catch (error) {
    ctx.log.error('A command could not be followed at once', { command: commandId, error });
  }
}

/** A charger that does not know an action lacks what the action is for. */
async function learnFrom(ctx: Context, peer: Peer, awaited: InFlight, { code }: CallError) {
  if (code !== 'NotImplemented' && code !== 'NotSupported') return;
  const [capability] = (await actionsNamed(peer, awaited.action)).flatMap(
    (o) => o.capability ?? [],
  );
  if (capability) await learnAbilities(ctx, peer.chargerId, { [capability]: false });
}

/** A raw call is read by its own definition where there is one, else by its plain status. */
const commandOf = ({ command_type: type }: InFlight) => (type === 'raw' ? undefined : type);

const actionsNamed = async ({ version }: Peer, action: string) =>
  (await findVocabulary(version))?.outbound.filter((o) => o.action === action) ?? [];
