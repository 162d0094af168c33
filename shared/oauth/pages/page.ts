import { Html, html } from '#shared/oauth/pages/html.ts';
import { STYLE } from '#shared/oauth/pages/style.ts';

export interface Page {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
}

/** The whole document. It needs no script, and asks for nothing else. */
export const documentOf = ({ title, body }: Page): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} – Magma ChargeSpot</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
<p class="sign"><svg viewBox="0 0 24 24" aria-hidden="true"><path fill="currentColor" d="M13 2 4 14h6l-1 8 9-12h-6z"/></svg>Magma ChargeSpot</p>
${body}
</main>
</body>
</html>
`.text;

/** What went wrong, told to screen readers at once. */
export const alert = (text: string | undefined): Html | undefined =>
  text === undefined ? undefined : html`<p class="alert" role="alert">${text}</p>`;

/** A field with its label. */
export const field = (
  name: string,
  label: string,
  attributes: Readonly<Record<string, string | true>>,
): Html => {
  const more = Object.entries(attributes).map(([key, value]) =>
    value === true ? html` ${key}` : html` ${key}="${value}"`,
  );
  return html`<label for="${name}">${label}</label>
<input id="${name}" name="${name}"${more}>
`;
};

/** By which a form is known to be one that we sent. */
export const hidden = (name: string, value: string): Html =>
  html`<input type="hidden" name="${name}" value="${value}">`;
