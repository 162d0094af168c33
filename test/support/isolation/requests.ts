import type { Endpoint } from '#shared/http/endpoint.ts';
import type { Call } from '#test/support/call.ts';
import { kindOf } from '#test/support/isolation/kinds.ts';
import type { Place } from '#test/support/isolation/place.ts';
import { type Field, textFields } from '#test/support/isolation/positions.ts';
import {
  type Body,
  bodies,
  forField,
  instead,
  queries,
  values,
} from '#test/support/isolation/usual.ts';

/** As short as a list can be asked for, and counted, so that what lies beyond it shows. */
const shortest = ({ query }: Endpoint): Body => {
  const names = Object.keys(query?.shape ?? {});
  return {
    ...(names.includes('limit') ? { limit: 1 } : {}),
    ...(names.includes('include_total') ? { include_total: true } : {}),
  };
};

/** The fields of an operation that name an object. */
export const idFields = (endpoint: Endpoint): Field[] =>
  textFields(endpoint).filter((field) => kindOf(endpoint.id, field) !== undefined);

/** A request about a place that succeeds there; `field`: one in which that field can stand. */
export function requestAt(at: Place, endpoint: Endpoint, field?: Field): Call {
  const { id, examples } = endpoint;
  const special = field && forField[`${id} ${field.path}`];
  const params = Object.fromEntries(
    textFields(endpoint)
      .filter(({ where }) => where === 'path')
      .map((one) => [one.name, idAt(at, endpoint, one)]),
  );
  const [example] = Object.values(examples);
  const query = field?.where === 'query' && special ? special(at) : queries[id]?.(at);
  const body = field?.where === 'body' && special ? special(at) : bodies[id]?.(at);
  return {
    params: { ...params, ...instead[id]?.(at) },
    query: { ...shortest(endpoint), ...query },
    ...(endpoint.body ? { body: body ?? example?.body ?? {} } : {}),
  };
}

/** What a field names at a place. */
export function idAt(at: Place, endpoint: Endpoint, field: Field): string {
  const kind = kindOf(endpoint.id, field);
  if (kind === undefined) throw new Error(`${endpoint.id} ${field.path} names nothing`);
  const own = field.where === 'path' ? instead[endpoint.id]?.(at)[field.name] : undefined;
  const special = values[`${endpoint.id} ${field.path}`]?.(at);
  return typeof own === 'string' ? own : (special ?? at.ids[kind]);
}

/** The request with other values in one of its fields: more than one where it takes a list. */
export function withValue(
  request: Call,
  { where, path }: Field,
  ...given: readonly string[]
): Call {
  const value = given.join(',');
  if (where === 'path') return { ...request, params: { ...request.params, [path]: value } };
  if (where === 'query') return { ...request, query: { ...request.query, [path]: value } };
  return { ...request, body: placed(request.body, path.split('.'), given) };
}

function placed(
  within: unknown,
  [name = '', ...rest]: readonly string[],
  given: readonly string[],
): Body {
  const key = name.replace('[]', '');
  const body = Object(within);
  const isList = name.endsWith('[]');
  if (rest.length === 0) return { ...body, [key]: isList ? given : given[0] };
  const inner = placed(body[key], rest, given);
  return { ...body, [key]: isList ? [inner] : inner };
}

/** The same, for more than one object of a list. */
export const whole = (request: Call): Call =>
  request.query?.['limit'] ? { ...request, query: { ...request.query, limit: 200 } } : request;
