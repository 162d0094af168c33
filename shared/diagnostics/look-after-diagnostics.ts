import { type Outcome, settleCommand } from '#shared/commands/settle-command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { changeDiagnostics } from '#shared/diagnostics/change-diagnostics.ts';
import {
  findDiagnostics,
  hasEnded,
  type StoredDiagnostics,
} from '#shared/diagnostics/diagnostics.ts';
import { COMES_WITHIN_S } from '#shared/diagnostics/record-log-status.ts';
import { filePath } from '#shared/files/file-url.ts';

/**
 * Looks how a request for a log stands. Its file decides: where it is there, the request is done, whatever
 * the charger said or forgot to say. Where it is not, though it was said to be or should be by now, the
 * request has failed.
 */
export async function lookAfterDiagnostics(ctx: Context, id: string): Promise<void> {
  const facts = await ctx.files.head(filePath(ctx, 'diagnostics', id));
  const now = isoNow(ctx);
  await changeDiagnostics(ctx, id, (before) => {
    const { status } = before;
    if (status === 'uploaded' || status === 'canceled') return undefined;
    if (facts) return { status: 'uploaded', failure_reason: null, size_bytes: facts.size };
    if (hasEnded(status)) return undefined;
    const reason = whyOver(before, now);
    return reason ? { status: 'failed', failure_reason: reason } : undefined;
  });
  const after = await findDiagnostics(ctx, id);
  // Its command ends with it, unless it has already.
  if (after && hasEnded(after.status)) await settleCommand(ctx, after.command_id, outcomeOf(after));
}

function whyOver({ told_at, deadline_at }: StoredDiagnostics, now: string): string | undefined {
  if (told_at !== null && now >= plusSeconds(told_at, COMES_WITHIN_S)) return 'not_received';
  return deadline_at !== null && now >= deadline_at ? 'silent' : undefined;
}

function outcomeOf({ status, failure_reason, file_name }: StoredDiagnostics): Outcome {
  if (status === 'uploaded')
    return { status: 'completed', outcome: 'uploaded', data: { file_name } };
  const reason = failure_reason;
  if (status === 'canceled') return { status: 'canceled', outcome: 'canceled', reason };
  const ends = reason === 'silent' ? 'timed_out' : 'failed';
  return { status: ends, outcome: reason ?? 'failed', reason };
}
