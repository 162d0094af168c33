import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { openLetter } from '#shared/mail/mail-task.ts';
import type { SealedLetter } from '#shared/mail/tasks.ts';

const Letter = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string().optional(),
});

/** A queue brings nothing twice after so long. */
const REMEMBERED_S = 15 * 86_400;

/**
 * Sends a letter, once as a rule: a second time only where the machine stopped between sending and
 * noting it. Throws where another try may help.
 */
export async function sendMail(ctx: Context, task: SealedLetter): Promise<void> {
  if (Date.parse(task.useful_until) <= ctx.now().getTime()) return note(ctx, 'too_late', task.id);
  const sentMail = keys.sentMail(ctx.tenantId, task.id);
  if (await ctx.table.get(sentMail)) return;
  const text = await openLetter(ctx, task);
  if (text === undefined) return note(ctx, 'unreadable', task.id);
  const outcome = await ctx.mail.send(Letter.parse(JSON.parse(text)));
  if (outcome !== 'sent') return note(ctx, outcome, task.id);
  const ttl = Math.floor(ctx.now().getTime() / 1000) + REMEMBERED_S;
  try {
    await ctx.table.write([{ op: 'put', when: 'absent', item: { ...sentMail, ttl } }]);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

/** Neither to whom nor what: logs are read by more people than the letter. */
const note = (ctx: Context, why: string, mail: string): void =>
  ctx.log.warn('A letter was not sent', { why, mail });
