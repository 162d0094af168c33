import { Ajv } from 'ajv';
import { _ } from 'ajv/dist/compile/codegen/index.js';
import standalone from 'ajv/dist/standalone/index.js';
import type { JsonSchema, ProtocolSchemas } from '#scripts/ocpp/read-schemas.ts';
import { formats } from '#shared/ocpp/schemas/runtime.ts';

const runtime = "import { formats, ucs2length } from '#shared/ocpp/schemas/runtime.ts';\n";
const ajvLength = 'require("ajv/dist/runtime/ucs2length").default';

/**
 * One ES module per action with `request` and `response` validators, by action. Each holds the
 * definitions it uses, so a process loads only what its chargers send.
 */
export function emitValidators(schemas: ProtocolSchemas): Map<string, string> {
  const ajv = new Ajv({
    strict: true,
    // A tenth has no exact double: without it 1,075 of the 3,201 legal limits 0.0..320.0 fail.
    multipleOfPrecision: 6,
    allErrors: true,
    messages: false,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true, formats: _`formats` },
  });
  for (const [name, check] of Object.entries(formats)) ajv.addFormat(name, check);
  ajv.addSchema({ $id: 'shared', definitions: Object.fromEntries(schemas.definitions) });

  const modules = new Map<string, string>();
  for (const [action, sides] of schemas.messages) {
    const exported: Record<string, string> = {};
    for (const [side, schema] of Object.entries(sides)) {
      exported[side] = `${action}-${side}`;
      ajv.addSchema(sharing(schema), exported[side]);
    }
    modules.set(action, asModule(standalone.default(ajv, exported)));
  }
  return modules;
}

/** The same schema with its references pointing at the lifted definitions. */
function sharing(schema: JsonSchema): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/definitions/', '"shared#/definitions/'));
}

function asModule(code: string): string {
  const module = runtime + code.replaceAll(ajvLength, 'ucs2length');
  if (module.includes('require(')) throw new Error('A validator needs more of the ajv runtime.');
  return module;
}
