import type { Connection } from '#shared/chargers/charger.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import { findInFlight, lostWithSocket } from '#shared/commands/in-flight.ts';
import { commandItem, queueKey } from '#shared/commands/queue-command.ts';
import { seenAsSent } from '#shared/commands/sent-command.ts';
import { findCommand, type Outcome, settleCommand } from '#shared/commands/settle-command.ts';
import { TimeOutCommand } from '#shared/commands/tasks.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { dueTask } from '#shared/events/task.ts';

/** A charger has this long to answer a call. */
export const ANSWER_WITHIN_S = 30;
const LOOK_AHEAD = 10;

/** The call that a command becomes for the charger it goes to. */
export interface Call {
  readonly version: string;
  readonly action: string;
  readonly payload: unknown;
}

export interface Claimed {
  readonly command: StoredCommand;
  readonly call: Call;
  readonly messageId: string;
}

/**
 * Takes the next command of a charger, if it owes no answer: OCPP allows one call at a time. The lock
 * is a row written when absent, so of many Lambdas one wins. `translate` makes the call, or says what
 * the charger cannot do.
 */
export async function claimNext(
  ctx: Context,
  { charger_id: chargerId, opened_at }: Pick<Connection, 'charger_id' | 'opened_at'>,
  translate: (command: StoredCommand) => Promise<Call | Outcome>,
): Promise<Claimed | undefined> {
  const awaited = await findInFlight(ctx, chargerId);
  if (awaited && !(await lostWithSocket(ctx, awaited, opened_at))) return undefined;
  for (let settledAny = true; settledAny; ) {
    settledAny = false;
    for (const id of await nextQueued(ctx, chargerId)) {
      const command = await findCommand(ctx, id);
      if (command?.status !== 'queued') continue;
      const call = command.expires_at <= isoNow(ctx) ? expired : await translate(command);
      if ('action' in call) return lock(ctx, command, call);
      await settleCommand(ctx, command.id, call);
      settledAny = true;
    }
  }
  return undefined;
}

async function nextQueued(ctx: Context, chargerId: string): Promise<string[]> {
  const queue = keys.queueOf(ctx.tenantId, chargerId);
  const { items } = await ctx.table.query({ ...queue, limit: LOOK_AHEAD });
  return items.map((item) => String(item['command_id']));
}

export const expired: Outcome = {
  status: 'expired',
  outcome: 'expired',
  reason: 'The charger could not be reached in time.',
};

async function lock(ctx: Context, before: StoredCommand, call: Call): Promise<Claimed | undefined> {
  const t = ctx.tenantId;
  const at = isoNow(ctx);
  const messageId = ctx.newId('msg');
  const command: StoredCommand = {
    ...before,
    status: 'sent',
    sent_at: at,
    ocpp: { ...sent(call), message_id: messageId },
    updated_at: at,
    resource_version: before.resource_version + 1,
  };
  const { charger_id } = command;
  const seen = await seenAsSent(ctx, command);
  const due = plusSeconds(at, ANSWER_WITHIN_S);
  const lockRow = {
    ...keys.inFlight(t, charger_id),
    command_id: command.id,
    message_id: messageId,
    version: call.version,
    action: call.action,
    command_type: command.type,
    // Should the time-out never run, the lock opens by itself.
    ttl: Math.ceil(ctx.now().getTime() / 1000) + ANSWER_WITHIN_S * 4,
  };
  try {
    await commit(ctx, {
      aggregate: { kind: 'command', id: command.id, version: command.resource_version },
      writes: [
        { op: 'put', item: lockRow, when: 'absent' },
        { op: 'delete', key: queueKey(ctx, command), when: 'present' },
        {
          op: 'put',
          item: commandItem(ctx, command),
          when: { resource_version: before.resource_version },
        },
        ...seen.writes,
      ],
      events: seen.events,
      tasks: [
        dueTask(
          ctx,
          TimeOutCommand,
          { charger_id, command_id: command.id, message_id: messageId },
          due,
        ),
      ],
    });
  } catch (error) {
    if (error instanceof ConditionFailed) return undefined;
    // Where only the answer got lost, the lock is ours, and nobody else will send this call.
    if ((await findInFlight(ctx, charger_id))?.message_id !== messageId) throw error;
  }
  return { command, call, messageId };
}

const sent = (call: Call) => ({
  version: call.version,
  action: call.action,
  request: call.payload,
  response: null,
  error: null,
});
