import type { Context } from '#shared/core/context.ts';
import type { Letter } from '#shared/core/mail.ts';
import { SEAL_NONCE_BYTES, type Sealing, seal, unseal } from '#shared/core/seal.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { SendMail } from '#shared/mail/tasks.ts';

/**
 * The task that sends a letter, for the commit of what it tells. None where the deployment sends no mail:
 * nothing waits for a day on which it does.
 */
export async function mailTasks(
  ctx: Context,
  letter: Letter,
  { usefulUntil }: { readonly usefulUntil: string },
): Promise<DueTask[]> {
  if (!ctx.mail.isOn) return [];
  const id = ctx.newId('mail');
  const text = JSON.stringify({ ...letter, subject: letter.subject.replaceAll(/\s+/g, ' ') });
  const sealed = seal(await sealing(ctx, id), ctx.newSecret(SEAL_NONCE_BYTES), text);
  return [dueTask(ctx, SendMail, { id, sealed, useful_until: usefulUntil })];
}

/** What was sealed by {@link mailTasks}; undefined where it cannot be opened (any more). */
export async function openLetter(
  ctx: Context,
  { id, sealed }: { readonly id: string; readonly sealed: string },
): Promise<string | undefined> {
  return unseal(await sealing(ctx, id), sealed);
}

const sealing = async (ctx: Context, id: string): Promise<Sealing> => ({
  secret: await ctx.cursorKey(),
  purpose: 'mail',
  binding: `${ctx.tenantId}\n${id}`,
});
