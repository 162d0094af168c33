import { type Outcome, settleCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import {
  findDiagnostics,
  hasEnded,
  type StoredDiagnostics,
} from '#shared/diagnostics/diagnostics.ts';

/** The command of a request that has ended ends with it, unless it has already. */
export async function settleLogCommand(ctx: Context, id: string): Promise<void> {
  const diagnostics = await findDiagnostics(ctx, id);
  if (diagnostics && hasEnded(diagnostics.status))
    await settleCommand(ctx, diagnostics.command_id, outcomeOf(diagnostics));
}

function outcomeOf({ status, failure_reason, file_name }: StoredDiagnostics): Outcome {
  if (status === 'uploaded')
    return { status: 'completed', outcome: 'uploaded', data: { file_name } };
  const reason = failure_reason;
  if (status === 'canceled') return { status: 'canceled', outcome: 'canceled', reason };
  const ends = reason === 'silent' ? 'timed_out' : 'failed';
  return { status: ends, outcome: reason ?? 'failed', reason };
}
