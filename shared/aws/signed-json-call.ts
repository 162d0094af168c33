import { createHash, createHmac } from 'node:crypto';

export interface SigningIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface SignedRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The headers of a request with AWS Signature Version 4, for services whose client is not worth its
 * weight in the bundle.
 */
export function signRequest(
  { method, url, headers, body }: SignedRequest,
  { accessKeyId, secretAccessKey, sessionToken }: SigningIdentity,
  { region, service, now }: { region: string; service: string; now: Date },
): Record<string, string> {
  const stamp = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const day = stamp.slice(0, 8);
  const all: Record<string, string> = {
    ...headers,
    host: url.host,
    'x-amz-date': stamp,
    ...(sessionToken ? { 'x-amz-security-token': sessionToken } : {}),
  };
  const names = Object.keys(all).sort();
  const signed = names.join(';');
  const lines = names.map((name) => `${name}:${all[name]?.trim()}\n`).join('');
  const canonical = [method, url.pathname, '', lines, signed, hex(body)].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, hex(canonical)].join('\n');
  const key = [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${secretAccessKey}`, day));
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  return {
    ...all,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
  };
}

const hex = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** A refusal of the service, by its name. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

export interface JsonService {
  /** `acm-pca` */
  readonly service: string;
  /** What stands before the operation in X-Amz-Target. */
  readonly target: string;
  readonly region: string;
  readonly identity: () => Promise<SigningIdentity>;
  /** Where it is; its regional address where left out. */
  readonly endpoint?: string;
  readonly now?: () => Date;
}

/** Calls an operation of a service that speaks AWS JSON 1.1. Throws {@link ServiceError}. */
export async function callService(
  from: JsonService,
  operation: string,
  input: object,
): Promise<unknown> {
  const { service, target, region, identity, now = () => new Date() } = from;
  const url = new URL(from.endpoint ?? `https://${service}.${region}.amazonaws.com/`);
  const body = JSON.stringify(input);
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `${target}.${operation}`,
  };
  const request = { method: 'POST', url, headers, body };
  const signed = signRequest(request, await identity(), { region, service, now: now() });
  const answer = await fetch(url, { method: 'POST', headers: signed, body });
  const text = await answer.text();
  if (answer.ok) return text === '' ? {} : JSON.parse(text);
  throw refusalOf(answer.status, text);
}

function refusalOf(status: number, text: string): ServiceError {
  const [, code = `http_${status}`] = /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(text) ?? [];
  return new ServiceError(code, text.slice(0, 300));
}
