import { completeDriverSignIn, type SignInRefusal } from '#shared/drivers/complete-sign-in.ts';
import { TEST_CODE } from '#shared/drivers/sign-in-challenge.ts';
import { startDriverSignIn } from '#shared/drivers/start-sign-in.ts';
import { type Asked, returnAddress, signInOf } from '#shared/oauth/pages/asked.ts';
import { brakeAddress } from '#shared/oauth/pages/brake.ts';
import { sendPage } from '#shared/oauth/pages/send-page.ts';
import { signedIn } from '#shared/oauth/pages/sign-in.ts';
import { driverCodePage, driverSignInPage } from '#shared/oauth/pages/sign-in-pages.ts';
import { refusalOf } from '#shared/oauth/pages/visit.ts';

export const showDriverSignIn = (asked: Asked, email?: string, problem?: string): void =>
  sendPage(
    asked.visit.request,
    driverSignInPage(signInOf(asked, email, problem)),
    returnAddress(asked),
  );

/** Sends a code, if there is somebody to send it to: the page is the same where there is not. */
export async function sendCode(asked: Asked): Promise<void> {
  const { visit, own } = asked;
  const email = visit.form.get('email') ?? '';
  try {
    await brakeAddress(visit.ctx, visit.request.ip);
    const { challenge_id } = await startDriverSignIn(own, { email });
    showCode(asked, challenge_id, email);
  } catch (error) {
    const problem = refusalOf(error);
    if (problem === undefined) throw error;
    showDriverSignIn(asked, email, problem);
  }
}

function showCode(asked: Asked, id: string, email: string, problem?: string): void {
  // In test mode nobody is sent a code.
  const shownCode = asked.own.livemode ? undefined : TEST_CODE;
  const page = driverCodePage(signInOf(asked, email, problem), { id, shownCode });
  sendPage(asked.visit.request, page, returnAddress(asked));
}

const TOLD: Readonly<Record<Exclude<SignInRefusal, 'wrong_code'>, string>> = {
  expired: 'This code is over: have a new one sent.',
  blocked: 'This account is blocked. Ask your charging network.',
};

export async function takeCode(asked: Asked): Promise<void> {
  const { visit, own } = asked;
  const challenge_id = visit.form.get('challenge') ?? '';
  const email = (visit.form.get('email') ?? '').slice(0, 254);
  try {
    await brakeAddress(visit.ctx, visit.request.ip);
    const code = visit.form.get('code') ?? '';
    const { driver, refused } = await completeDriverSignIn(own, { challenge_id, code });
    if (driver) return await signedIn(asked, driver.id, 'otp');
    if (refused !== 'wrong_code') return showDriverSignIn(asked, email, TOLD[refused]);
  } catch (error) {
    const problem = refusalOf(error);
    if (problem === undefined) throw error;
    return showDriverSignIn(asked, email, problem);
  }
  showCode(asked, challenge_id, email, 'This is not the code.');
}
