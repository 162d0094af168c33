import type * as z from 'zod';
import type { FieldError } from '#shared/core/errors.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const LONGEST_FIELD = 200;

/**
 * What a schema found wrong, as clients are told: a field, a stable code, a sentence. What was sent
 * is never repeated; names of fields are, since that is what the client must look for.
 */
export const fieldErrors = (issues: readonly Issue[], input: unknown): FieldError[] =>
  issues.flatMap((issue) => explain(issue, issue.path, input));

function explain(issue: Issue, path: Path, input: unknown): FieldError[] {
  const at = (code: string, message: string): FieldError[] => [
    { field: nameOf(path), code, message },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        field: nameOf([...path, key]),
        code: 'unknown_field',
        message: 'There is no such field here.',
      }));
    case 'invalid_union':
      return closest(issue, path, input) ?? at('invalid_value', sentence(issue.message));
    case 'invalid_key':
    case 'invalid_element':
      return at('invalid_key', sentence(issue.issues[0]?.message ?? issue.message));
    case 'custom':
      return at(codeOf(issue), sentence(issue.message));
    default:
      if (isMissing(input, path)) return at('required', 'This field is required.');
      return at(issue.code, sentence(messageOf(issue)));
  }
}

/** zod's own words, without its page-long pattern of a date. */
const messageOf = (issue: Issue) =>
  issue.code === 'invalid_type' ? `Expected ${issue.expected}` : issue.message;

const codeOf = ({ params }: z.core.$ZodIssueCustom): string =>
  typeof params?.code === 'string' ? params.code : 'invalid_value';

/** Of several shapes, the one that was probably meant: the least is wrong with it, and not its type. */
function closest(
  { errors }: z.core.$ZodIssueInvalidUnion,
  path: Path,
  input: unknown,
): FieldError[] | undefined {
  const [best] = errors
    .filter((issues) => issues.every((issue) => issue.path.length > 0))
    .sort((a, b) => a.length - b.length);
  return best?.flatMap((issue) => explain(issue, [...path, ...issue.path], input));
}

const nameOf = (path: Path) => path.map(String).join('.').slice(0, LONGEST_FIELD) || 'body';
const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** An item of a list that was sent as one text, `a,b`, is not missing: it lies in that text. */
const isMissing = (input: unknown, path: Path) =>
  typeof valueAt(input, path.slice(0, -1)) !== 'string' && valueAt(input, path) === undefined;

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined,
    input,
  );
}
