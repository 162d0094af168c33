import { type Context, isoNow } from '#shared/core/context.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { changeDiagnostics } from '#shared/diagnostics/change-diagnostics.ts';
import {
  findDiagnostics,
  hasEnded,
  type StoredDiagnostics,
} from '#shared/diagnostics/diagnostics.ts';
import { CheckUpload } from '#shared/diagnostics/tasks.ts';
import { dueTask } from '#shared/events/task.ts';
import { filePath } from '#shared/files/file-url.ts';

/** Some chargers say so before their last byte is out: looked again after these many seconds. */
const LOOK_AGAIN_S = [60, 300];

/** The charger said that its file is there. Where it is not, and does not come, the request has failed. */
export async function checkUpload(ctx: Context, id: string, attempt: number): Promise<void> {
  if (await foundFile(ctx, id)) return;
  const again = LOOK_AGAIN_S[attempt - 1];
  await changeDiagnostics(ctx, id, ({ status }) => {
    if (hasEnded(status)) return undefined;
    if (again === undefined) return { status: 'failed', failure_reason: 'not_received' };
    const at = plusSeconds(isoNow(ctx), again);
    return {
      tasks: [dueTask(ctx, CheckUpload, { diagnostics_id: id, attempt: attempt + 1 }, at)],
    };
  });
}

/** It should have come by now; perhaps it has, and only the word is missing. */
export async function timeOutDiagnostics(ctx: Context, id: string): Promise<void> {
  const isOver = ({ status, deadline_at }: StoredDiagnostics) =>
    !hasEnded(status) && deadline_at !== null && deadline_at <= isoNow(ctx);
  const diagnostics = await findDiagnostics(ctx, id);
  if (!diagnostics || !isOver(diagnostics) || (await foundFile(ctx, id))) return;
  await changeDiagnostics(ctx, id, (before) =>
    isOver(before) ? { status: 'failed', failure_reason: 'silent' } : undefined,
  );
}

/** Whether the file is in the store; the request is done then. */
async function foundFile(ctx: Context, id: string): Promise<boolean> {
  const facts = await ctx.files.head(filePath(ctx, 'diagnostics', id));
  if (!facts) return false;
  await changeDiagnostics(ctx, id, ({ status }) =>
    status === 'uploaded' || status === 'canceled'
      ? undefined
      : { status: 'uploaded', failure_reason: null, size_bytes: facts.size },
  );
  return true;
}
