import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import {
  isLinkLocal,
  isPublicAddress,
  LAMBDA_RUNTIME_PORT,
} from '#shared/webhooks/forbidden-address.ts';

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Live mode: HTTPS to the public internet and nothing else. */
  readonly publicOnly: boolean;
  readonly timeoutMs?: number;
}

/** What came of it: a status, or an error where none came. */
export interface PostAnswer {
  readonly status: number | null;
  readonly error: string | null;
  readonly retryAfter: string | null;
  /** The beginning of the answer's body. */
  readonly excerpt: string | null;
}
export type HttpPost = (request: PostRequest) => Promise<PostAnswer>;

const TIMEOUT_MS = 10_000;
const MAX_BODY_BYTES = 256 * 1024;
const EXCERPT_CHARACTERS = 500;

/**
 * Posts once: no redirects, no reused sockets, ten seconds in all, to an address that was checked after
 * the name was resolved and is the one connected to. Never throws.
 */
export const httpPost: HttpPost = async (request) => {
  const signal = AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS);
  try {
    if (Buffer.byteLength(request.body) > MAX_BODY_BYTES)
      throw new Error('The event is larger than 256 KB.');
    const url = new URL(request.url);
    const address = await withTimeout(signal, addressFor(url, request.publicOnly));
    const response = await open(url, address, request, signal);
    return {
      status: response.statusCode ?? null,
      error: null,
      retryAfter: response.headers['retry-after'] ?? null,
      excerpt: await beginningOf(response),
    };
  } catch (error) {
    return { status: null, error: wordsOf(error), retryAfter: null, excerpt: null };
  }
};

async function addressFor(url: URL, publicOnly: boolean): Promise<string> {
  if (publicOnly && url.protocol !== 'https:') throw new Error('Only HTTPS is allowed.');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) ? [{ address: host }] : await lookup(host, { all: true });
  const addresses = found.map(({ address }) => address);
  // One bad address is enough: a name that also points inside is not trusted at all.
  if (addresses.some((address) => isForbidden(address, url.port, publicOnly)))
    throw new Error('The address is private or reserved.');
  const [first] = addresses;
  if (first === undefined) throw new Error('The name has no address.');
  return first;
}

const isForbidden = (address: string, port: string, publicOnly: boolean): boolean =>
  publicOnly
    ? !isPublicAddress(address)
    : isLinkLocal(address) || (!isPublicAddress(address) && port === String(LAMBDA_RUNTIME_PORT));

function open(
  url: URL,
  address: string,
  { headers, body }: PostRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const family = isIP(address);
  const pinned: LookupFunction = (_host, { all }, answer) =>
    all ? answer(null, [{ address, family }]) : answer(null, address, family);
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      // A kept socket could lead to an address that was checked for another rule.
      agent: false,
      lookup: pinned,
      signal,
    });
    sent.on('response', resolve).on('error', reject).end(body);
  });
}

/** Enough to recognise an error page. The status stands, whatever happens to the rest of the body. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  try {
    for await (const chunk of response) {
      text += String(chunk);
      if (text.length >= EXCERPT_CHARACTERS) break;
    }
  } catch {
    // Cut off or too slow: what came is what there is.
  }
  response.destroy();
  return text.slice(0, EXCERPT_CHARACTERS);
}

async function withTimeout<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, late]);
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'No answer in time.';
  return 'code' in error && typeof error.code === 'string'
    ? `${error.message || 'The connection failed.'} (${error.code})`
    : error.message;
}
