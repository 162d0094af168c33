import { errors } from 'oidc-provider';
import { acceptInvitation, findInvitation } from '#shared/members/accept-invitation.ts';
import { findPasswordReset, resetPassword } from '#shared/members/reset-password.ts';
import { brakeAddress } from '#shared/oauth/pages/brake.ts';
import { donePage } from '#shared/oauth/pages/end-pages.ts';
import { invitationPage, type Letter, resetPage } from '#shared/oauth/pages/password-pages.ts';
import { sendPage } from '#shared/oauth/pages/send-page.ts';
import { checkForm, markOf, refusalOf, type Visit } from '#shared/oauth/pages/visit.ts';

/** The token of a letter's link, from the link or from the page's own form. */
const tokenOf = ({ request, form }: Visit): string =>
  form.get('token') ?? String(request.query['token'] ?? '');

export async function invitation(visit: Visit): Promise<void> {
  const { ctx, request, form } = visit;
  const token = tokenOf(visit);
  const found = await braked(visit, () => findInvitation(ctx, token));
  const { email, organization_name: organization } = found;
  const about = { ...(await letterOf(visit)), email, organization };
  const name = (form.get('name') ?? found.name ?? '').trim().slice(0, 100);
  if (request.method !== 'POST') return sendPage(request, invitationPage({ ...about, name }));
  await checkForm(visit, token);
  try {
    if (name === '') return sendPage(request, invitationPage({ ...about, name, problem: NAME }));
    await acceptInvitation(ctx, token, { name, password: form.get('password') ?? '' });
  } catch (error) {
    const problem = refusalOf(error);
    if (problem === undefined) throw error;
    return sendPage(request, invitationPage({ ...about, name, problem }));
  }
  const text = `You can now sign in to the apps of ${organization} with ${email} and your password.`;
  sendPage(request, donePage('Welcome', text));
}
const NAME = 'Say how you are called.';

export async function passwordReset(visit: Visit): Promise<void> {
  const { ctx, request, form } = visit;
  const token = tokenOf(visit);
  const found = await braked(visit, () => findPasswordReset(ctx, token));
  const { email, organization_name: organization } = found;
  const about = { ...(await letterOf(visit)), email, organization };
  if (request.method !== 'POST') return sendPage(request, resetPage(about));
  await checkForm(visit, token);
  try {
    await resetPassword(ctx, token, { password: form.get('password') ?? '' });
  } catch (error) {
    const problem = refusalOf(error);
    if (problem === undefined) throw error;
    return sendPage(request, resetPage({ ...about, problem }));
  }
  sendPage(request, donePage('Your password is set', 'Go back to the app and sign in with it.'));
}

const letterOf = async (visit: Visit): Promise<Pick<Letter, 'token' | 'mark'>> => {
  const token = tokenOf(visit);
  return { token, mark: await markOf(visit.ctx, token) };
};

/** Nobody tries links without end, though none is ever guessed. */
async function braked<T>(visit: Visit, find: () => Promise<T | undefined>): Promise<T> {
  await brakeAddress(visit.ctx, visit.request.ip);
  const found = await find();
  if (!found)
    throw new errors.InvalidRequest('this link was used already, or is too old, or never was one');
  return found;
}
