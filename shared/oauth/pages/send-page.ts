import { documentOf, type Page } from '#shared/oauth/pages/page.ts';
import { STYLE_HASH } from '#shared/oauth/pages/style.ts';

/** What of a Koa context a page needs. */
interface Answer {
  status: number;
  type: string;
  body: unknown;
  set(name: string, value: string): void;
}

/**
 * Sends a page that no frame may hold, and that loads and runs nothing. `goesTo`: where its form may lead in
 * the end, since browsers hold the whole way of a form against the policy.
 */
export function sendPage(answer: Answer, page: Page, goesTo?: unknown): void {
  if (page.status !== undefined) answer.status = page.status;
  answer.set(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      `style-src '${STYLE_HASH}'`,
      `form-action 'self'${targetOf(goesTo)}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
  );
  answer.set('X-Frame-Options', 'DENY');
  answer.set('X-Content-Type-Options', 'nosniff');
  // Without an origin a form of ours could not be told from another's.
  answer.set('Referrer-Policy', 'same-origin');
  answer.set('Cache-Control', 'no-store');
  answer.type = 'text/html; charset=utf-8';
  answer.body = documentOf(page);
}

/** A site by its origin, an app by its scheme. */
function targetOf(uri: unknown): string {
  const url = typeof uri === 'string' ? URL.parse(uri) : null;
  if (!url) return '';
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return ` ${isWeb ? url.origin : url.protocol}`;
}
