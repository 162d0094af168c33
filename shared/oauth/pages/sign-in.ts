import { signInMember } from '#shared/members/sign-in-member.ts';
import { requestPasswordReset } from '#shared/members/start-password-reset.ts';
import {
  type Asked,
  forgetSession,
  goOn,
  returnAddress,
  signInOf,
} from '#shared/oauth/pages/asked.ts';
import { brakeAddress } from '#shared/oauth/pages/brake.ts';
import { donePage } from '#shared/oauth/pages/end-pages.ts';
import { sendPage } from '#shared/oauth/pages/send-page.ts';
import { forgotPage, memberSignInPage } from '#shared/oauth/pages/sign-in-pages.ts';
import { refusalOf } from '#shared/oauth/pages/visit.ts';

/** By what somebody proved who he is (RFC 8176). */
type Means = 'pwd' | 'otp';

export const showMemberSignIn = (asked: Asked, email?: string, problem?: string): void =>
  sendPage(
    asked.visit.request,
    memberSignInPage(signInOf(asked, email, problem)),
    returnAddress(asked),
  );

/** Whether there is nobody with that address, or another password: it is told alike. */
export async function takePassword(asked: Asked): Promise<void> {
  const { visit, own } = asked;
  const email = visit.form.get('email') ?? '';
  const password = visit.form.get('password') ?? '';
  try {
    await brakeAddress(visit.ctx, visit.request.ip);
    const member = await signInMember(own, { email, password });
    if (member) return await signedIn(asked, member.id, 'pwd');
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return showMemberSignIn(asked, email, refusal);
  }
  showMemberSignIn(asked, email, 'This is not the address and password of a member.');
}

export async function signedIn(asked: Asked, accountId: string, means: Means): Promise<void> {
  const { session } = asked.interaction;
  if (session?.accountId !== undefined && session.accountId !== accountId)
    await forgetSession(asked);
  await goOn(asked, { login: { accountId, remember: false, amr: [means] } });
}

export const showForgot = (asked: Asked): void =>
  sendPage(asked.visit.request, forgotPage(signInOf(asked)));

/** The answer is the same whether or not anybody has this address. */
export async function takeForgot(asked: Asked): Promise<void> {
  const { visit, own } = asked;
  const email = visit.form.get('email') ?? '';
  try {
    await brakeAddress(visit.ctx, visit.request.ip);
    await requestPasswordReset(own, { email });
  } catch (error) {
    const problem = refusalOf(error);
    if (problem === undefined) throw error;
    return sendPage(visit.request, forgotPage(signInOf(asked, email, problem)));
  }
  const text = `If ${email} is the address of a member, a link is on its way. It is good for an hour.`;
  sendPage(visit.request, donePage('Look into your letterbox', text));
}
