import { Html, html } from '#shared/oauth/pages/html.ts';
import { alert, type Page } from '#shared/oauth/pages/page.ts';

/** Why it goes no further. The words are the library's, and hold what the app has sent. */
export const errorPage = (error: string, description: string | undefined): Page => ({
  title: 'This did not work',
  body: html`<h1>This did not work</h1>
${alert(sentence(description ?? error))}
<p>Go back to the app and begin again. If it happens each time, tell the app’s maker the code <code>${error}</code>.</p>
`,
});

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** @param form the library's own, which lacks buttons */
export const signOutPage = (form: string): Page => ({
  title: 'Sign out',
  body: html`<h1>Sign out?</h1>
<p>Apps that you let in from this browser lose their access too.</p>
${new Html(form.replace('</form>', `${BUTTONS}</form>`))}
`,
});
const BUTTONS = `<button name="logout" value="yes">Sign out</button>
<button class="quiet">Stay signed in</button>`;

export const signedOutPage = (): Page => ({
  title: 'Signed out',
  body: html`<h1>You are signed out</h1>
<p>You can close this page.</p>
`,
});

/** The end of something that began with a letter. */
export const donePage = (title: string, text: string): Page => ({
  title,
  body: html`<h1>${title}</h1>
<p>${text}</p>
`,
});
