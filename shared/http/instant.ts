import * as z from 'zod';

/** An instant in a query, of any offset, in the one form that everything stored has. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString());
