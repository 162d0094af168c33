import type { Context } from '#shared/core/context.ts';
import type { Letter } from '#shared/core/mail.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { codeOf, findChallenge, whoSignsIn } from '#shared/drivers/sign-in-challenge.ts';
import { commit } from '#shared/events/commit.ts';
import { mailTasks } from '#shared/mail/mail-task.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

/** Sends the code of a sign-in to whoever may use it, once. In test mode everybody knows it already. */
export async function sendSignInCode(ctx: Context, challengeId: string): Promise<void> {
  const challenge = ctx.livemode ? await findChallenge(ctx, challengeId) : undefined;
  if (!challenge) return;
  const { email, expires_at: usefulUntil } = challenge;
  const who = await whoSignsIn(ctx, email);
  if (!who || (who !== 'new' && who.status !== 'active')) return;
  const { name } = await getOrganization(ctx);
  const letter = codeLetter(email, name, await codeOf(ctx, challengeId));
  try {
    await commit(ctx, {
      aggregate: { kind: 'driver_sign_in', id: challengeId, version: 2 },
      writes: [],
      tasks: await mailTasks(ctx, letter, { usefulUntil }),
    });
  } catch (error) {
    // Sent already.
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

/** Says nothing that whoever asked has typed. */
const codeLetter = (to: string, organization: string, code: string): Letter => ({
  to,
  subject: `${code} is your code for ${organization}`,
  text: `Hello,

your code to sign in at ${organization} is ${code}. It is good for ten minutes, once.

Give it to nobody: ${organization} never asks you for it. If you did not want to sign in, ignore this letter.`,
});
