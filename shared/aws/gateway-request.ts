import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod';
import { type Caller, callerKinds } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import type { HttpRequest } from '#shared/http/endpoint.ts';

type Values = Readonly<Record<string, string | undefined>> | null | undefined;
type ManyValues = Readonly<Record<string, string[] | undefined>> | null | undefined;

/** A REST API (payload v1) event as endpoints see it. A parameter sent twice is one, joined by a comma. */
export const httpRequestOf = (event: APIGatewayProxyEvent): HttpRequest => ({
  method: event.httpMethod,
  path: event.path,
  params: decoded(event.pathParameters),
  query: joined(event.queryStringParameters, event.multiValueQueryStringParameters),
  headers: headersOf(event),
  body: bodyOf(event),
  address: addressOf(event),
});

/** The client's, as the authorizer was told it by the edge; without an edge, whoever opened the connection. */
export const addressOf = ({ requestContext }: APIGatewayProxyEvent): string | undefined =>
  requestContext?.authorizer?.['address'] ?? requestContext?.identity?.sourceIp;

/** Names in lower case, values of a repeated header joined as RFC 9110 5.3 has it. */
export const headersOf = (event: {
  readonly headers: Values;
  readonly multiValueHeaders: ManyValues;
}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(joined(event.headers, event.multiValueHeaders, ', ')).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ]),
  );

/** API Gateway hands path parameters on as they came; ids never hold a percent sign themselves. */
function decoded(params: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(joined(params, undefined)).map(([name, value]) => [name, unescaped(value)]),
  );
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function joined(single: Values, many: ManyValues, glue = ','): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(single ?? {}))
    if (value !== undefined) all[name] = value;
  for (const [name, values] of Object.entries(many ?? {}))
    if (values && values.length > 0) all[name] = values.join(glue);
  return all;
}

const bodyOf = ({ body, isBase64Encoded }: APIGatewayProxyEvent): string | undefined => {
  if (body === null || body === undefined) return undefined;
  return isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
};

/** What the request authorizer found out, as API Gateway hands it on: strings. */
const CallerContext = z.object({
  organization_id: z.string().default(''),
  livemode: z.stringbool().default(false),
  credential_type: z.enum(callerKinds).default('api_key'),
  credential_id: z.string().default(''),
  client_id: z.string().default(''),
  scopes: z.string().default(''),
  site_ids: z.string().default(''),
  origins: z.string().default(''),
});
type CallerContext = z.infer<typeof CallerContext>;

/** Who calls. An empty organization is somebody unknown; endpoints without an authorizer know nobody. */
export function callerOf(
  event: Pick<APIGatewayProxyEvent, 'requestContext'>,
): Pick<Context, 'tenantId' | 'livemode' | 'actor'> {
  const caller = CallerContext.parse(event.requestContext?.authorizer ?? {});
  const known = caller.organization_id !== '' && caller.credential_id !== '';
  return {
    tenantId: known ? caller.organization_id : '',
    livemode: known && caller.livemode,
    actor: known ? knownCaller(caller) : { kind: 'anonymous' },
  };
}

const knownCaller = (caller: CallerContext): Caller => ({
  kind: caller.credential_type,
  id: caller.credential_id,
  scopes: caller.scopes.split(' ').filter(Boolean),
  ...(caller.site_ids === '' ? {} : { siteIds: caller.site_ids.split(',') }),
  ...(caller.origins === '' ? {} : { origins: caller.origins.split(' ') }),
  ...(caller.client_id === '' ? {} : { clientId: caller.client_id }),
});
