import * as z from 'zod';
import { sha256 } from '#shared/core/ids.ts';

/** RFC 5321 4.5.3.1.1; what is longer no mail server takes. */
const LONGEST_LOCAL_PART = 64;
const TOO_LONG = `At most ${LONGEST_LOCAL_PART} characters before the @`;

/** An address as it is stored and compared: nobody has two that differ in case alone. */
export const EmailAddress = z
  .string()
  .max(254)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email().refine((address) => address.indexOf('@') <= LONGEST_LOCAL_PART, TOO_LONG))
  .meta({ format: 'email', pattern: z.regexes.email.source, example: 'asha@example.com' });

/** How an address stands in keys and tasks, which more people read than rows. */
export const emailHash = (email: string): string => sha256(`email\n${email.trim().toLowerCase()}`);

/** `asha.rao@example.com` as `a•••@e•••.com`: enough for whoever knows it. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  const end = domain.slice(domain.lastIndexOf('.'));
  return `${email.slice(0, 1)}•••@${domain.slice(0, 1)}•••${end}`;
}
