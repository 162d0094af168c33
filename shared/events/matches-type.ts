import * as z from 'zod';

/** `*`, a type, or all types that begin alike: `session.*`. */
export const TypePattern = z
  .string()
  .regex(/^(\*|[a-z_]+\.(\*|[a-z_]+\*?))$/, 'An event type, `noun.*` or `*`')
  .meta({ id: 'EventTypePattern', example: 'session.*' });

export const matchesType = (pattern: string, type: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
