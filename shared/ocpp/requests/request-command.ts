import { getWholeCharger, type WholeCharger } from '#shared/chargers/charger-view.ts';
import type { Command } from '#shared/commands/command.ts';
import { type NewCommand, newCommand } from '#shared/commands/queue-command.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import { DispatchCommands, ExpireCommand } from '#shared/commands/tasks.ts';
import { connectorPlace } from '#shared/connectors/connector-place.ts';
import { asConsequence, type Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { commit } from '#shared/events/commit.ts';
import { dueTask } from '#shared/events/task.ts';
import { chooseAction } from '#shared/ocpp/choose-action.ts';
import { dispatchCommands } from '#shared/ocpp/dispatch.ts';
import { findVocabulary, type Vocabulary } from '#shared/ocpp/vocabulary.ts';

/** A command in neutral words: its `input` is what the outbound action of that name reads. */
export type AskedCommand = Omit<NewCommand, 'sessionId' | 'connector' | 'expiresInSeconds'> & {
  readonly connector?: number | undefined;
  readonly expiresInSeconds?: number | undefined;
};

/**
 * Queues a command for a charger and sends it if it can go now. Throws not_found,
 * charger_not_registered, validation_failed (connector), capability_not_supported.
 */
export async function requestCommand(ctx: Context, asked: AskedCommand): Promise<Command> {
  const whole = await getWholeCharger(ctx, asked.chargerId);
  const words = await vocabularyOf(whole);
  const input = { ...asked.input, ...placeOf(whole, asked.connector) };
  // What cannot be said in the charger's version is refused now, not when its turn comes.
  chooseAction(whole.charger, words, asked.type, input).toRequest(input);
  return queueCommand(ctx, whole, { ...asked, input });
}

/** Stores a command of a charger, and sends it if it can go now. Answers it as it then stands. */
export async function queueCommand(
  ctx: Context,
  { connection }: WholeCharger,
  { connector, expiresInSeconds, ...asked }: AskedCommand,
): Promise<Command> {
  const { command, writes } = newCommand(ctx, {
    ...asked,
    connector: connector ?? null,
    ...(expiresInSeconds === undefined ? {} : { expiresInSeconds }),
  });
  const { id, charger_id, expires_at } = command;
  const now = dueTask(ctx, DispatchCommands, { charger_id });
  const later = dueTask(ctx, ExpireCommand, { command_id: id }, expires_at);
  await commit(ctx, {
    aggregate: { kind: 'command', id, version: command.resource_version },
    writes,
    tasks: [connection?.connection_id ? now : later],
  });
  await dispatchNow(ctx, charger_id);
  return getCommand(ctx, id);
}

/**
 * Sends what is queued for a charger while its client waits. Should that fail, the task of the same
 * purpose, stored with the command, will do it.
 */
export async function dispatchNow(ctx: Context, chargerId: string): Promise<void> {
  try {
    await dispatchCommands(asConsequence(ctx), chargerId);
  } catch (error) {
    ctx.log.error('Commands could not be sent at once', { charger: chargerId, error });
  }
}

/** The version the charger speaks. Throws charger_not_registered for one that has never connected. */
export async function vocabularyOf({ charger, connection }: WholeCharger): Promise<Vocabulary> {
  const version = connection?.ocpp_version ?? charger.ocpp_version;
  const words = version && (await findVocabulary(`ocpp${version}`));
  if (words) return words;
  throw new AppError('charger_not_registered', `${charger.id} has never connected.`);
}

export const unsupported = (message: string) => new AppError('capability_not_supported', message);

const placeOf = ({ connectors }: WholeCharger, wanted: number | undefined) =>
  wanted === undefined ? {} : connectorPlace(connectors, wanted);
