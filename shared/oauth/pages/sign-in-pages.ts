import { html } from '#shared/oauth/pages/html.ts';
import { alert, field, hidden, type Page } from '#shared/oauth/pages/page.ts';

/** What every page of a sign-in is about. */
export interface SignIn {
  /** Where its forms go. */
  readonly action: string;
  readonly mark: string;
  readonly app: string;
  readonly organization: string;
  readonly email: string;
  readonly problem?: string | undefined;
}

const email = ({ email: value }: SignIn) =>
  field('email', 'Email address', {
    type: 'email',
    autocomplete: 'username',
    required: true,
    maxlength: '254',
    ...(value === '' ? { autofocus: true as const } : { value }),
  });

const cancel = ({ action, mark }: SignIn) => html`<form method="post" action="${action}/cancel">
${hidden('mark', mark)}
<button class="quiet">Cancel</button>
</form>
`;

/** For the people of an organization. */
export const memberSignInPage = (about: SignIn): Page => ({
  title: 'Sign in',
  ...(about.problem ? { status: 400 } : {}),
  body: html`<h1>Sign in</h1>
<p>to ${about.organization}, to go on to <strong>${about.app}</strong></p>
${alert(about.problem)}
<form method="post" action="${about.action}">
${hidden('mark', about.mark)}
${email(about)}
${field('password', 'Password', {
  type: 'password',
  autocomplete: 'current-password',
  required: true,
  maxlength: '1024',
  ...(about.email === '' ? {} : { autofocus: true as const }),
})}
<button>Sign in</button>
</form>
${cancel(about)}
<p class="soft"><a href="${about.action}/forgot">Forgot your password?</a></p>
`,
});

/** For drivers: they have no password, but a letterbox. */
export const driverSignInPage = (about: SignIn): Page => ({
  title: 'Sign in',
  ...(about.problem ? { status: 400 } : {}),
  body: html`<h1>Sign in</h1>
<p>with ${about.organization}, to go on to <strong>${about.app}</strong>. We send you a code.</p>
${alert(about.problem)}
<form method="post" action="${about.action}">
${hidden('mark', about.mark)}
${email(about)}
<button>Send me a code</button>
</form>
${cancel(about)}
`,
});

export interface Challenge {
  readonly id: string;
  /** The code itself, where nothing is at stake. */
  readonly shownCode?: string | undefined;
}

export const driverCodePage = (about: SignIn, challenge: Challenge): Page => ({
  title: 'Enter your code',
  ...(about.problem ? { status: 400 } : {}),
  body: html`<h1>Enter your code</h1>
<p>If <strong>${about.email}</strong> can receive it, a code is on its way.</p>
${challenge.shownCode && html`<p class="note">Test mode: the code is <code>${challenge.shownCode}</code>.</p>`}
${alert(about.problem)}
<form method="post" action="${about.action}/code">
${hidden('mark', about.mark)}
${hidden('challenge', challenge.id)}
${hidden('email', about.email)}
${field('code', 'Code', {
  inputmode: 'numeric',
  autocomplete: 'one-time-code',
  required: true,
  maxlength: '12',
  autofocus: true,
})}
<button>Sign in</button>
</form>
<p class="soft"><a href="${about.action}">Use another address</a></p>
${cancel(about)}
`,
});

export const forgotPage = (about: SignIn): Page => ({
  title: 'Forgot your password',
  ...(about.problem ? { status: 400 } : {}),
  body: html`<h1>Forgot your password?</h1>
<p>We send a link to your address, by which you set a new one.</p>
${alert(about.problem)}
<form method="post" action="${about.action}/forgot">
${hidden('mark', about.mark)}
${email(about)}
<button>Send the link</button>
</form>
<p class="soft"><a href="${about.action}">Back to sign in</a></p>
`,
});
