import type { ErrorObject } from 'ajv';
import type { RpcErrorCode } from '#shared/ocpp/rpc/errors.ts';

export type ConstraintCode = Extract<RpcErrorCode, `${string}Violation`>;

/** One thing wrong with a payload. Tells where and what was expected, never what was sent. */
export interface Violation {
  /** JSON pointer to the field that is wrong, missing or too many; empty for the payload itself. */
  readonly path: string;
  readonly keyword: string;
  readonly code: ConstraintCode;
  readonly message: string;
  /** What the schema expects there, by keyword: `{ limit: 20 }`, `{ allowedValues: [...] }`. */
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * OCPP-J's definitions (1.6J table 7, 2.0.1 Part 4 §4.3): how often a field may occur is
 * Occurrence, its JSON type is Type, an invalid value is Property. A payload that is no object at
 * all does not have the shape of any message: Format.
 */
const codes: Readonly<Record<string, ConstraintCode>> = {
  required: 'OccurrenceConstraintViolation',
  additionalProperties: 'OccurrenceConstraintViolation',
  minItems: 'OccurrenceConstraintViolation',
  maxItems: 'OccurrenceConstraintViolation',
  type: 'TypeConstraintViolation',
};

export function violationOf({ instancePath, keyword, params }: ErrorObject): Violation {
  const isRoot = instancePath === '' && keyword === 'type';
  return {
    path: instancePath + fieldOf(params),
    keyword,
    code: isRoot ? 'FormatViolation' : (codes[keyword] ?? 'PropertyConstraintViolation'),
    message: messageOf(keyword, params),
    params,
  };
}

/** The field a violation of its parent is about: the missing one, or the one too many. */
function fieldOf(params: Record<string, unknown>): string {
  const name = params['missingProperty'] ?? params['additionalProperty'];
  return typeof name === 'string' ? `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` : '';
}

const longestList = 24;

function messageOf(keyword: string, params: Record<string, unknown>): string {
  const { allowedValues, limit, type, format, multipleOf } = params;
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
      return 'is not a field of this message';
    case 'type':
      return `must be of type ${String(type)}`;
    case 'enum':
      return Array.isArray(allowedValues) && allowedValues.length <= longestList
        ? `must be one of ${allowedValues.join(', ')}`
        : 'is not one of the values defined for this field';
    case 'maxLength':
      return `must not be longer than ${String(limit)} characters`;
    case 'minItems':
    case 'maxItems':
      return `must have at ${keyword === 'minItems' ? 'least' : 'most'} ${String(limit)} items`;
    case 'minimum':
    case 'maximum':
      return `must be at ${keyword === 'minimum' ? 'least' : 'most'} ${String(limit)}`;
    case 'multipleOf':
      return `must be a multiple of ${String(multipleOf)}`;
    case 'format':
      return `must be a ${String(format)}`;
    default:
      return `violates ${keyword}`;
  }
}
