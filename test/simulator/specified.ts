import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';

const FILES = { '1.6': 'ocpp1_6.json', '2.0.1': 'ocpp2_0_1.json' } as const;
type Version = keyof typeof FILES;
const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const ajv = new Ajv({ strict: false, multipleOfPrecision: 2 });
ajv.addFormat('date-time', ZONED);
ajv.addFormat('uri', true);

/** The published JSON schemas, by message. */
function load(version: Version): Map<string, object> {
  const main = createRequire(import.meta.url).resolve('ocpp-rpc');
  const file = main.replace(/[^/\\]+$/, `lib/schemas/${FILES[version]}`);
  const schemas: { $id: string }[] = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(schemas.map(({ $id, ...schema }) => [$id.replace(/^urn:/, ''), schema]));
}

const schemas = { '1.6': load('1.6'), '2.0.1': load('2.0.1') };
const validators = new Map<string, ValidateFunction>();

function validator(version: Version, message: string): ValidateFunction {
  const schema = schemas[version].get(message);
  if (!schema) throw new Error(`OCPP ${version} has no ${message}`);
  const validate = validators.get(version + message) ?? ajv.compile(schema);
  validators.set(version + message, validate);
  return validate;
}

/** Fails unless a payload is what the protocol's own schema says it must be. */
export function assertSpecified(version: Version, message: string, payload: unknown): void {
  const validate = validator(version, message);
  if (validate(payload)) return;
  const problems = JSON.stringify(validate.errors);
  throw new Error(`${message} is not OCPP ${version}: ${problems} in ${JSON.stringify(payload)}`);
}
