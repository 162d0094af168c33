import type * as z from 'zod';
import { AppError, type ErrorCode } from '#shared/core/errors.ts';
import { checkJson } from '#shared/http/check-json.ts';
import type { Endpoint, HttpRequest } from '#shared/http/endpoint.ts';
import { readIfMatch } from '#shared/http/etag.ts';
import { fieldErrors } from '#shared/http/field-errors.ts';

const MAX_BODY_BYTES = 1_048_576;
/** No id is longer, and the database takes no key that is much longer. */
const LONGEST_ID = 128;
const NO_SUCH_PATH = 'There is nothing at this path.';

/**
 * A request's input, as the endpoint's schemas want it. A path that fits no object is 404, a query
 * that cannot be read 400, a body that is not JSON 400 or 415, a JSON body that does not fit 422.
 */
export function readInput(endpoint: Endpoint, request: HttpRequest) {
  const { params, query, body } = endpoint;
  checkIds(request);
  return {
    params: params && parse(params, request.params, 'not_found', NO_SUCH_PATH),
    query: query && parse(query, request.query, 'invalid_request', 'A query parameter is wrong.'),
    body: body && parse(body, readJson(request), 'validation_failed', 'The body is wrong.'),
    ifMatch: readIfMatch(request.headers),
    headers: request.headers,
  };
}

function checkIds({ params }: HttpRequest): void {
  if (Object.values(params).some((id) => id.length > LONGEST_ID))
    throw new AppError('not_found', NO_SUCH_PATH);
}

function parse(schema: z.ZodType, value: unknown, code: ErrorCode, message: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = code === 'not_found' ? [] : fieldErrors(result.error.issues, value);
  throw new AppError(code, message, { errors });
}

/** Throws payload_too_large, whether or not the endpoint reads the body. */
export function checkSize({ body }: HttpRequest): void {
  if (body !== undefined && Buffer.byteLength(body) > MAX_BODY_BYTES)
    throw new AppError('payload_too_large', 'A body has at most 1 MB.');
}

function readJson({ body, headers }: HttpRequest): unknown {
  if (!body) return {};
  if (!isJson(headers['content-type']))
    throw new AppError('unsupported_media_type', 'Send application/json.');
  const json = parsed(body.replace(BYTE_ORDER_MARK, ''));
  checkJson(json);
  return json;
}

/** Some clients on Windows begin with one, which RFC 8259 8.1 lets us pass over. */
const BYTE_ORDER_MARK = /^\uFEFF/;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid_request', 'The body is not valid JSON.', { cause });
  }
}

/** No type at all is taken for JSON. Merge patches have a type of their own. */
const isJson = (type: string | undefined) =>
  type === undefined || /^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type.trim());
