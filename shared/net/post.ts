import { lookup } from 'node:dns/promises';
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import {
  isLinkLocal,
  isPortOfOthers,
  isPublicAddress,
  LAMBDA_RUNTIME_PORT,
} from '#shared/net/forbidden-address.ts';

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Live mode: the public internet and nothing else. */
  readonly publicOnly: boolean;
  readonly httpsOnly: boolean;
  /** For everything: finding the address, connecting, sending, and reading the answer. */
  readonly timeoutMs: number;
  /** What of the answer's body is read; no more is ever held. */
  readonly answerBytes: number;
}

/** What came of it: a status, or an error where none came. */
export interface PostAnswer {
  readonly status: number | null;
  readonly error: string | null;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
  /** False where the body was cut off: too long, too slow or broken. */
  readonly whole: boolean;
}
export type Post = (request: PostRequest) => Promise<PostAnswer>;

/** All addresses of a name, as the system's resolver knows them at this moment. */
export type Resolve = (host: string) => Promise<readonly string[]>;
const bySystem: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/**
 * Posts once to a server that a stranger has named: no redirects, no reused sockets, to an address that
 * was checked after the name was resolved and is the one connected to: the name is looked up once, so that
 * it cannot lead elsewhere a moment later. Never throws.
 */
export const postVia =
  (resolveName: Resolve): Post =>
  async (request) => {
    const signal = AbortSignal.timeout(request.timeoutMs);
    try {
      const url = new URL(request.url);
      const address = await withTimeout(signal, addressFor(url, request, resolveName));
      const response = await open(url, address, request, signal);
      const { statusCode: status = null, headers } = response;
      return {
        status,
        error: null,
        headers,
        ...(await beginningOf(response, request.answerBytes)),
      };
    } catch (error) {
      return { status: null, error: wordsOf(error), headers: {}, body: nothing, whole: false };
    }
  };
export const post: Post = postVia(bySystem);

const nothing = new Uint8Array();

async function addressFor(
  url: URL,
  { publicOnly, httpsOnly }: PostRequest,
  resolveName: Resolve,
): Promise<string> {
  if (!['https:', 'http:'].includes(url.protocol)) throw new Error('Not an HTTP(S) URL.');
  if (httpsOnly && url.protocol !== 'https:') throw new Error('Only HTTPS is allowed.');
  // Node would send them on as a header.
  if (url.username || url.password) throw new Error('Credentials do not belong into the URL.');
  if (isPortOfOthers(url.port)) throw new Error('The port belongs to another service.');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : await resolveName(host);
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
      minVersion: 'TLSv1.2',
      lookup: pinned,
      signal,
    });
    sent.on('response', resolve).on('error', reject).end(body);
  });
}

/** The status stands, whatever happens to the rest of the body. */
async function beginningOf(
  response: IncomingMessage,
  atMost: number,
): Promise<{ body: Uint8Array; whole: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  let whole = false;
  try {
    for await (const chunk of response) {
      const part = Buffer.from(chunk);
      parts.push(part);
      length += part.length;
      if (length > atMost) break;
    }
    whole = length <= atMost;
  } catch {
    // Cut off or too slow: what came is what there is.
  }
  response.destroy();
  return { body: Buffer.concat(parts).subarray(0, atMost), whole };
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
