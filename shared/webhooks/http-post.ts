import type { IncomingHttpHeaders } from 'node:http';
import { post } from '#shared/net/post.ts';

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Live mode: HTTPS to the public internet and nothing else. */
  readonly publicOnly: boolean;
  readonly timeoutMs?: number;
  /** Called once where there is no answer after {@link LATE_MS}. */
  readonly onLate?: () => void;
}

/** What came of it: a status, or an error where none came. */
export interface PostAnswer {
  readonly status: number | null;
  readonly error: string | null;
  readonly retryAfter: string | null;
  /** Those of the answer's headers that tell something of its maker. */
  readonly headers: Readonly<Record<string, string>> | null;
  /** The beginning of the answer's body: enough to recognise an error page. */
  readonly excerpt: string | null;
}
export type HttpPost = (request: PostRequest) => Promise<PostAnswer>;

const TIMEOUT_MS = 10_000;
export const LATE_MS = 2000;
export const MAX_BODY_BYTES = 256 * 1024;
const EXCERPT_CHARACTERS = 500;
/** No character of UTF-8 takes more than four bytes. */
const EXCERPT_BYTES = 4 * EXCERPT_CHARACTERS;

/** Posts an event once, with ten seconds in all. Never throws. */
export const httpPost: HttpPost = async ({ onLate = () => {}, ...request }) => {
  const late = setTimeout(onLate, LATE_MS);
  return sent(request).finally(() => clearTimeout(late));
};

const sent: HttpPost = async ({ publicOnly, timeoutMs = TIMEOUT_MS, ...request }) => {
  if (Buffer.byteLength(request.body) > MAX_BODY_BYTES)
    return failed('The event is larger than 256 KB.');
  const { status, error, headers, body } = await post({
    ...request,
    publicOnly,
    httpsOnly: publicOnly,
    timeoutMs,
    answerBytes: EXCERPT_BYTES,
  });
  if (status === null) return failed(error ?? 'No answer.');
  const excerpt = Buffer.from(body).toString('utf8').slice(0, EXCERPT_CHARACTERS);
  const retryAfter = headers['retry-after'] ?? null;
  return { status, error, retryAfter, headers: telling(headers), excerpt };
};

const TELLING = [
  'cf-ray',
  'content-length',
  'content-type',
  'date',
  'location',
  'retry-after',
  'server',
  'via',
  'x-amzn-requestid',
  'x-request-id',
];
const HEADER_CHARACTERS = 200;

const telling = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    TELLING.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, String(value).slice(0, HEADER_CHARACTERS)]];
    }),
  );

const failed = (error: string): PostAnswer => ({
  status: null,
  error,
  retryAfter: null,
  headers: null,
  excerpt: null,
});
