import { AppError } from '#shared/core/errors.ts';

/** No record holds what is nested deeper. */
const DEEPEST = 32;

interface Nested {
  readonly value: object;
  readonly path: readonly string[];
}

/**
 * Refuses JSON that can be read and cannot be kept or sent on, whatever a schema says of it: nested so deep
 * that going through it may fail, or with half a character in it (`"\ud800"`), which no UTF-8 has. Walks
 * without recursion. Throws payload_too_large, validation_failed.
 */
export function checkJson(json: unknown): void {
  const left: Nested[] = [{ value: { body: json }, path: [] }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, path } = next;
    if (path.length > DEEPEST)
      throw new AppError('payload_too_large', `The body is nested deeper than ${DEEPEST} levels.`);
    if (!Object.keys(value).every((name) => name.isWellFormed())) throw noText(path);
    for (const [name, each] of Object.entries(value)) {
      if (typeof each === 'string' && !each.isWellFormed()) throw noText([...path, name]);
      if (each !== null && typeof each === 'object')
        left.push({ value: each, path: [...path, name] });
    }
  }
}

function noText([, ...path]: readonly string[]): AppError {
  const message = 'Half of a surrogate pair is no text.';
  const errors = [{ field: path.join('.') || 'body', code: 'invalid_text', message }];
  return new AppError('validation_failed', 'The body is wrong.', { errors });
}
