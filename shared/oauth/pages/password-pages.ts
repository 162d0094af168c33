import { html } from '#shared/oauth/pages/html.ts';
import { alert, field, hidden, type Page } from '#shared/oauth/pages/page.ts';

export interface Letter {
  /** Of the link that was in it. */
  readonly token: string;
  readonly mark: string;
  readonly email: string;
  readonly organization: string;
  readonly problem?: string | undefined;
}

const password = field('password', 'New password', {
  type: 'password',
  autocomplete: 'new-password',
  required: true,
  minlength: '12',
  maxlength: '128',
});
const rule = html`<p class="soft">At least 12 characters: a few words that do not go together are easy to keep in mind.</p>`;

const whose = ({ email }: Letter) =>
  field('email', 'Email address', {
    type: 'email',
    autocomplete: 'username',
    value: email,
    readonly: true,
  });

export const invitationPage = (about: Letter & { readonly name: string }): Page => ({
  title: `Join ${about.organization}`,
  ...(about.problem ? { status: 400 } : {}),
  body: html`<h1>Join ${about.organization}</h1>
<p>You were invited. Choose how you are called, and a password.</p>
${alert(about.problem)}
<form method="post" action="/oauth2/invitation">
${hidden('token', about.token)}
${hidden('mark', about.mark)}
${whose(about)}
${field('name', 'Your name', {
  autocomplete: 'name',
  required: true,
  maxlength: '100',
  value: about.name,
  autofocus: true,
})}
${password}
${rule}
<button>Join</button>
</form>
`,
});

export const resetPage = (about: Letter): Page => ({
  title: 'Set a new password',
  ...(about.problem ? { status: 400 } : {}),
  body: html`<h1>Set a new password</h1>
<p>for ${about.organization}. Apps that are signed in with the old one have to sign in again.</p>
${alert(about.problem)}
<form method="post" action="/oauth2/password-reset">
${hidden('token', about.token)}
${hidden('mark', about.mark)}
${whose(about)}
${password}
${rule}
<button>Set password</button>
</form>
`,
});
