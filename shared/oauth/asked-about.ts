import { looksLikeToken } from '#shared/oauth/access-token.ts';
import { ASKED_ABOUT } from '#shared/oauth/token-adapter.ts';

interface Sent {
  readonly path: string;
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

const ABOUT_TOKENS = new Set(['/oauth2/introspect', '/oauth2/revoke']);

/**
 * The body of a question about a token, or of its revocation, so that the library looks for an access token
 * too: see {@link ASKED_ABOUT}.
 */
export function askedAbout({ path, body, isBase64Encoded }: Sent): Omit<Sent, 'path'> {
  if (body === null || !ABOUT_TOKENS.has(path)) return { body, isBase64Encoded };
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  const form = new URLSearchParams(text);
  const tokens = form.getAll('token');
  const [token] = tokens;
  // What was sent twice stays for the library to refuse.
  if (token !== undefined && tokens.length === 1 && looksLikeToken(token))
    form.set('token', ASKED_ABOUT + token);
  return { body: form.toString(), isBase64Encoded: false };
}
