import type { Endpoint, HttpReply, HttpRequest } from '#shared/http/endpoint.ts';
import { WithMedia, WithStatus } from '#shared/http/endpoint.ts';
import { etagOf, matchesNone, versionOf } from '#shared/http/etag.ts';
import { fieldErrors } from '#shared/http/field-errors.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Our own answer did not fit its schema: a defect, never the caller's fault. */
class InvalidReply extends Error {
  override readonly name = 'InvalidReply';
}

/** What a handler answered, checked against the schema it promised and given its headers. */
export function replyOf(endpoint: Endpoint, result: unknown): HttpReply {
  if (result instanceof WithMedia) return textOf(endpoint.status, result);
  const { status, body, headers } =
    result instanceof WithStatus ? result : new WithStatus(endpoint.status, result);
  if (status === 204) return { status, headers, body: '' };
  if (endpoint.mediaType)
    return textOf(status, new WithMedia(endpoint.mediaType, String(body), headers));
  const answer = checked(endpoint, body);
  const version = versionOf(answer);
  return {
    status,
    headers: {
      ...(answer === undefined ? {} : { 'Content-Type': JSON_TYPE }),
      ...(version === undefined ? {} : { ETag: etagOf(version) }),
      ...(endpoint.location ? { Location: endpoint.location(answer) } : {}),
      ...headers,
    },
    body: answer === undefined ? '' : JSON.stringify(answer),
  };
}

const textOf = (status: number, { mediaType, text, headers }: WithMedia): HttpReply => ({
  status,
  headers: { 'Content-Type': `${mediaType}; charset=utf-8`, ...headers },
  body: text,
});

function checked(endpoint: Endpoint, body: unknown): unknown {
  if (!endpoint.response) return undefined;
  const result = endpoint.response.safeParse(body);
  if (result.success) return result.data;
  const wrong = fieldErrors(result.error.issues, body).map((e) => `${e.field} ${e.code}`);
  throw new InvalidReply(`${endpoint.id} answered what its schema does not allow: ${wrong}`);
}

/** 304 without a body, where the caller has this version already. */
export function unlessUnchanged(request: HttpRequest, reply: HttpReply): HttpReply {
  const etag = reply.headers['ETag'];
  const fresh = request.method === 'GET' && reply.status === 200 && etag;
  if (!fresh || matchesNone(request.headers['if-none-match'], etag)) return reply;
  return { status: 304, headers: { ETag: etag }, body: '' };
}
