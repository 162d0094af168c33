/** A JSON Schema, or a part of an OpenAPI document. */
export type Json = { [key: string]: unknown };

export const isJson = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const MAPS = ['properties', 'patternProperties', '$defs'];
const LISTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const SINGLES = ['items', 'additionalProperties', 'propertyNames', 'not', 'contains'];

/** Formats that take more by their standard than we do. */
const STRICTER: readonly unknown[] = ['email'];

/**
 * zod's JSON Schema, as people write it: no page-long pattern beside a format, no bounds of a safe
 * integer, `type: [string, 'null']`, `examples` instead of the deprecated `example`.
 */
export function tidy(schema: unknown): Json {
  if (!isJson(schema)) return {};
  const json: Json = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, tidyPart(key, value)]),
  );
  if (json['format'] !== undefined && !STRICTER.includes(json['format'])) delete json['pattern'];
  if (json['maximum'] === Number.MAX_SAFE_INTEGER) delete json['maximum'];
  if (json['minimum'] === Number.MIN_SAFE_INTEGER) delete json['minimum'];
  delete json['id'];
  delete json['$schema'];
  if ('example' in json) {
    json['examples'] = [json['example']];
    delete json['example'];
  }
  return nullable(json);
}

function tidyPart(key: string, value: unknown): unknown {
  if (MAPS.includes(key) && isJson(value))
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, tidy(part)]));
  if (LISTS.includes(key) && Array.isArray(value)) return value.map(tidy);
  if (SINGLES.includes(key) && isJson(value)) return tidy(value);
  return value;
}

/** A choice between one plain type and null is that type, or null. */
function nullable({ anyOf, ...rest }: Json): Json {
  const asIs = anyOf === undefined ? rest : { ...rest, anyOf };
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return asIs;
  const [one, other]: unknown[] = anyOf;
  if (!isJson(one) || !isJson(other) || other['type'] !== 'null') return asIs;
  if (typeof one['type'] !== 'string' || 'const' in one) return asIs;
  const values = Array.isArray(one['enum']) ? { enum: [...one['enum'], null] } : {};
  return { ...one, type: [one['type'], 'null'], ...values, ...rest };
}

/** The same tree with every `$ref` renamed. */
export function rewriteRefs<T extends Json>(json: T, rename: (ref: string) => string): T;
export function rewriteRefs(json: unknown, rename: (ref: string) => string): unknown;
export function rewriteRefs(json: unknown, rename: (ref: string) => string): unknown {
  if (Array.isArray(json)) return json.map((part) => rewriteRefs(part, rename));
  if (!isJson(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? rename(value) : rewriteRefs(value, rename),
    ]),
  );
}
