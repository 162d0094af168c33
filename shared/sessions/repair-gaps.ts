import { type Command, isTerminal, type StoredCommand } from '#shared/commands/command.ts';
import { commandTasks, newCommand } from '#shared/commands/queue-command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { dueTask } from '#shared/events/task.ts';
import { changeSession, type Step } from '#shared/sessions/change-session.ts';
import { SessionReconciled, SessionUpdated } from '#shared/sessions/events.ts';
import { withoutHope } from '#shared/sessions/gaps.ts';
import type { LiveSession } from '#shared/sessions/session.ts';
import { RepairGaps } from '#shared/sessions/tasks.ts';

/** A charger that is offline is asked when it comes back, if that is within this. */
const ASK_WITHIN_S = 3600;
/** While it says that messages are queued, it is asked again, ever less often: 24 hours in all. */
const ROUNDS = 30;
const LONGEST_WAIT_S = 3600;

/** Asks the charger what it still has to say of a transaction whose reports have holes. */
export async function repairGaps(ctx: Context, sessionId: string, round: number): Promise<void> {
  await changeSession(ctx, sessionId, ({ session, live }) => {
    const { gap, transaction_id, missing_seq } = live;
    if (gap?.round !== round || gap.command_id || missing_seq.length === 0) return undefined;
    if (round > ROUNDS || !transaction_id) return giveUp(live);
    const { command, writes } = newCommand(ctx, {
      type: 'check_transaction',
      chargerId: session.charger_id,
      connector: session.connector || null,
      sessionId,
      input: { transaction_id },
      serves: { kind: 'session_gap', id: sessionId },
      expiresInSeconds: ASK_WITHIN_S,
    });
    return {
      live: { ...live, gap: { ...gap, command_id: command.id } },
      events: [],
      writes,
      tasks: commandTasks(ctx, command),
      because: `Reports ${missing_seq.join(', ')} of the charger are missing: asked for them.`,
    };
  });
}

/** The charger has said whether more is to come, or could not be asked. */
export async function gapAnswered(ctx: Context, command: StoredCommand): Promise<void> {
  if (!command.serves || !isTerminal(command.status)) return;
  await changeSession(ctx, command.serves.id, ({ live }) => {
    if (live.gap?.command_id !== command.id) return undefined;
    return mayStillCome(command) ? askAgain(ctx, live, live.gap.round + 1) : giveUp(live);
  });
}

const mayStillCome = ({ status, result }: Command): boolean =>
  status === 'completed'
    ? result?.outcome === 'messages_queued'
    : status === 'timed_out' || result?.outcome === 'connection_lost';

function askAgain(ctx: Context, live: LiveSession, round: number): Step {
  const wait = Math.min(30 * 2 ** round, LONGEST_WAIT_S);
  const due = plusSeconds(isoNow(ctx), wait);
  return {
    live: { ...live, gap: { flows: [], ...live.gap, round, command_id: null } },
    events: [],
    tasks: [dueTask(ctx, RepairGaps, { session_id: live.session_id, round }, due)],
  };
}

const giveUp = (live: LiveSession): Step => ({
  live: withoutHope(live),
  events: [{ type: live.status === 'ended' ? SessionReconciled : SessionUpdated }],
  because: `Reports ${live.missing_seq.join(', ')} of the charger will not come.`,
});
