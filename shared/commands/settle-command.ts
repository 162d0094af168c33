import { isVisibleCharger } from '#shared/chargers/visible-charger.ts';
import {
  type Command,
  type CommandStatus,
  commandView,
  confidentialView,
  isTerminal,
  StoredCommand,
} from '#shared/commands/command.ts';
import { CommandCompleted, CommandFailed } from '#shared/commands/events.ts';
import { commandItem, queueKey } from '#shared/commands/queue-command.ts';
import { AwaitFollowUp, FollowCommand } from '#shared/commands/tasks.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { type Commit, commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';

/** What became of a command. */
export interface Outcome {
  readonly status: Exclude<CommandStatus, 'queued' | 'sent'>;
  /** Neutral: `accepted`, `rejected`, `unlocked`, `scheduled`, `timeout`, … */
  readonly outcome: string;
  readonly reason?: string | null;
  readonly data?: unknown;
  /** Personal data, shown to who asks for the command, and in no event. */
  readonly confidential?: unknown;
  readonly response?: unknown;
  /** Of `accepted`: its result comes later by another message, or the command times out after this. */
  readonly followUpSeconds?: number;
  readonly error?: {
    readonly code: string;
    readonly description: string;
    readonly details: unknown;
  };
}

const FOLLOW_UP_WITHIN_S = 600;

export async function findCommand(ctx: Context, id: string): Promise<StoredCommand | undefined> {
  const item = await ctx.table.get(keys.command(ctx.tenantId, id));
  return item && StoredCommand.parse(item);
}

/** Throws not_found. */
export async function getCommand(ctx: Context, id: string): Promise<Command> {
  const command = await findCommand(ctx, id);
  if (!command || !(await isVisibleCharger(ctx, command.charger_id))) throw notFound('Command');
  return confidentialView(command);
}

/**
 * Writes what became of a command, once: a command already terminal stays as it is, and undefined is
 * the answer. `release` names the message that was answered or given up: it frees the charger for its
 * next call if it still waits for this one, and ends the command only if it went out as this message.
 */
export async function settleCommand(
  ctx: Context,
  id: string,
  outcome: Outcome,
  release?: { readonly messageId: string },
): Promise<Command | undefined> {
  return retrying(async () => {
    const before = await findCommand(ctx, id);
    if (!before || isTerminal(before.status) || isAnother(before, release)) {
      if (before && release) await free(ctx, before.charger_id, release.messageId);
      return undefined;
    }
    const { after, ...change } = settlement(ctx, before, outcome);
    const isFreed = release && (await waitsFor(ctx, before.charger_id, release.messageId));
    const frees = isFreed ? [freed(ctx, before.charger_id, release.messageId)] : [];
    await commit(ctx, { ...change, writes: [...change.writes, ...frees] });
    return commandView(after);
  });
}

/** What ending a command changes, on the condition that it is still as it was. */
export function settlement(
  ctx: Context,
  before: StoredCommand,
  outcome: Outcome,
): Commit & { readonly after: StoredCommand } {
  const after = settled(ctx, before, outcome);
  const { id, resource_version } = before;
  const item = commandItem(ctx, after);
  return {
    after,
    aggregate: { kind: 'command', id, version: after.resource_version },
    writes: [
      { op: 'put', item, when: { resource_version } },
      ...(before.status === 'queued' ? [dequeue(ctx, before)] : []),
    ],
    events: eventsOf(ctx, after),
    tasks: tasksOf(ctx, after, outcome),
  };
}

/**
 * The message that this is the end of was taken back (the command waits, or went out again as
 * another), or the charger has agreed to it already.
 */
const isAnother = (command: StoredCommand, release: { readonly messageId: string } | undefined) =>
  release !== undefined &&
  (command.status !== 'sent' || command.ocpp?.message_id !== release.messageId);

function settled(ctx: Context, before: StoredCommand, outcome: Outcome): StoredCommand {
  const at = isoNow(ctx);
  const { status, response, error } = outcome;
  const answered = before.status === 'sent' && (response !== undefined || error !== undefined);
  return {
    ...before,
    status,
    answered_at: answered ? at : before.answered_at,
    completed_at: isTerminal(status) ? at : null,
    result: {
      outcome: outcome.outcome,
      reason: outcome.reason ?? null,
      data: outcome.data ?? null,
    },
    ...(outcome.confidential === undefined ? {} : { confidential: outcome.confidential }),
    ocpp: before.ocpp && {
      ...before.ocpp,
      response: response ?? before.ocpp.response,
      error: error ?? before.ocpp.error,
    },
    updated_at: at,
    resource_version: before.resource_version + 1,
  };
}

function eventsOf(ctx: Context, command: StoredCommand): Recorded[] {
  if (!isTerminal(command.status) || command.part_of) return [];
  const type = command.status === 'completed' ? CommandCompleted : CommandFailed;
  const { charger_id, connector, session_id } = command;
  return [
    eventOf(ctx, type, {
      id: command.id,
      version: command.resource_version,
      scope: { charger_id, connector, session_id },
      object: commandView(command),
    }),
  ];
}

function tasksOf(ctx: Context, command: StoredCommand, { followUpSeconds }: Outcome): DueTask[] {
  const command_id = command.id;
  const due = plusSeconds(command.updated_at, followUpSeconds ?? FOLLOW_UP_WITHIN_S);
  return [
    ...(command.serves ? [dueTask(ctx, FollowCommand, { command_id })] : []),
    ...(isTerminal(command.status) ? [] : [dueTask(ctx, AwaitFollowUp, { command_id }, due)]),
  ];
}

const dequeue = (ctx: Context, command: StoredCommand): Write => ({
  op: 'delete',
  key: queueKey(ctx, command),
});

const freed = (ctx: Context, chargerId: string, messageId: string): Write => ({
  op: 'delete',
  key: keys.inFlight(ctx.tenantId, chargerId),
  when: { message_id: messageId },
});

async function waitsFor(ctx: Context, chargerId: string, messageId: string): Promise<boolean> {
  const row = await ctx.table.get(keys.inFlight(ctx.tenantId, chargerId));
  return row?.['message_id'] === messageId;
}

async function free(ctx: Context, chargerId: string, messageId: string): Promise<void> {
  if (await waitsFor(ctx, chargerId, messageId))
    await ctx.table.write([freed(ctx, chargerId, messageId)]);
}
