import { isScope, scopes } from '#shared/core/scopes.ts';
import { html } from '#shared/oauth/pages/html.ts';
import { hidden, type Page } from '#shared/oauth/pages/page.ts';

export interface Consent {
  readonly action: string;
  readonly mark: string;
  readonly app: string;
  /** Where it runs, as far as that can be told. */
  readonly host: string;
  readonly organization: string;
  readonly who: string;
  readonly scopes: readonly string[];
}

/** What an app wants to do, in words, and whether it may. */
export const consentPage = ({ scopes: wanted, ...about }: Consent): Page => ({
  title: `Let ${about.app} in?`,
  body: html`<h1>Let ${about.app} in?</h1>
<p>It asks ${about.organization} for access in your name, and brings you back to <strong>${about.host}</strong>.</p>
<p>It could:</p>
<ul>
${wanted.map((scope) => html`<li>${wordsOf(scope)}</li>\n`)}</ul>
<p class="soft">Never more than you may yourself. It lasts until you sign out of the app, or ${about.organization} ends it.</p>
<form method="post" action="${about.action}/consent">
${hidden('mark', about.mark)}
<button name="answer" value="allow">Allow</button>
<button name="answer" value="deny" class="quiet">Deny</button>
</form>
<form method="post" action="${about.action}/switch">
${hidden('mark', about.mark)}
<p class="soft">You are signed in as ${about.who}.</p>
<button class="quiet">Use another account</button>
</form>
`,
});

const openid: Readonly<Record<string, string>> = {
  openid: 'Know that it is you',
  profile: 'See your name',
  email: 'See your email address',
  offline_access: 'Do so while you are away',
};

const wordsOf = (scope: string): string =>
  isScope(scope) ? scopes[scope] : (openid[scope] ?? scope);
