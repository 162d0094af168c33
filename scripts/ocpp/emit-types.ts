import type { JsonSchema, ProtocolSchemas } from '#scripts/ocpp/read-schemas.ts';

/** TypeScript of all messages of one version: their shared types and one `Messages` map. */
export function emitTypes({ definitions, messages }: ProtocolSchemas): string {
  const types = [...definitions].map(
    ([name, schema]) => `export type ${name} = ${typeOf(schema)};\n`,
  );
  const entries = [...messages].map(([action, { request, response }]) => {
    const answer = response ? typeOf(response) : 'never';
    return `  ${action}: {\n    request: ${typeOf(request ?? {})};\n    response: ${answer};\n  };\n`;
  });
  return `${types.join('')}\nexport interface Messages {\n${entries.join('')}}\n`;
}

function typeOf(schema: JsonSchema): string {
  if (schema.$ref) return schema.$ref.replace('#/definitions/', '');
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  switch (schema.type) {
    case 'string':
    case 'boolean':
      return schema.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `Array<${typeOf(schema.items ?? {})}>`;
    case 'object':
      return objectOf(schema);
    default:
      return 'unknown';
  }
}

function objectOf({ properties = {}, required = [], additionalProperties }: JsonSchema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${name}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  );
  if (additionalProperties !== false) fields.push('[name: string]: unknown');
  return fields.length === 0 ? 'Record<string, never>' : `{ ${fields.join('; ')} }`;
}
