import type { Next, Script } from '#shared/commands/plan.ts';
import { ListOutcome, ReadInput } from '#shared/plug-and-charge/certificate-commands.ts';
import { readingStep } from '#shared/plug-and-charge/certificate-reading.ts';
import { recordReported } from '#shared/plug-and-charge/record-reported.ts';

/** Keeps what each call has brought. What a charger refuses to tell stays as it was known. */
export const readingScript: Script = async (ctx, command, step): Promise<Next> => {
  const { calls } = ReadInput.parse(command.input);
  const at = command.steps.length;
  const kinds = calls[at - 1]?.kinds ?? [];
  const told = ListOutcome.safeParse(step.result?.data).data;
  const isRead = step.status === 'completed' && told !== undefined;
  if (isRead) await recordReported(ctx, command.charger_id, kinds, told.certificates);
  const before = Number(command.plan?.notes['read'] ?? 0);
  const notes = { read: before + (isRead ? 1 : 0) };
  const next = calls[at];
  if (next) return { step: readingStep(next), notes };
  const { outcome = step.status, reason = null } = step.result ?? {};
  const isAny = notes.read > 0 || isRead;
  return isAny
    ? { outcome: { status: 'completed', outcome: 'read', data: { calls: notes.read } } }
    : { outcome: { status: endOf(step.status), outcome, reason } };
};

const endOf = (status: string) =>
  status === 'rejected' || status === 'timed_out' || status === 'expired' ? status : 'failed';
