import { randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { sha256 } from '#shared/core/ids.ts';

/** SHA-256 of salt + password. Enough for what is random and long; nobody guesses 16 bytes. */
export const PasswordHash = z.object({ salt: z.string(), hash: z.string() });
export type PasswordHash = z.infer<typeof PasswordHash>;

/**
 * A password that opens the door besides the one in use. `offered`: handed out, and not yet seen;
 * whether the charger has it, nobody knows, so it stays good. `former`: replaced by one the charger said
 * yes to; good for a while, or until the new one is seen.
 */
export const OtherPassword = PasswordHash.extend({
  id: z.string(),
  state: z.enum(['offered', 'former']),
  until: z.string().nullable(),
});
export type OtherPassword = z.infer<typeof OtherPassword>;

/** 20 random bytes in hex: an OCPP 1.6 AuthorizationKey and a valid 2.0.1 BasicAuthPassword at once. */
export const newPassword = (): string => randomBytes(20).toString('hex');

export function hashPassword(password: string): PasswordHash {
  const salt = randomBytes(16).toString('hex');
  return { salt, hash: sha256(salt + spelling(password)) };
}

/**
 * A charger sends the key as the hex text or as the bytes that the text spells (both are in the
 * field), so either opens the door. `password` is what came in the header, byte for byte.
 */
export function passwordMatches(stored: PasswordHash, password: Uint8Array): boolean {
  const bytes = Buffer.from(password);
  const candidates = [spelling(bytes.toString('latin1')), bytes.toString('hex')];
  return candidates.some((text) => sameHash(stored.hash, sha256(stored.salt + text)));
}

/** Hex is the same in either case; any other password is what it is. */
const spelling = (password: string) =>
  /^[0-9a-f]*$/i.test(password) ? password.toLowerCase() : password;

const sameHash = (a: string, b: string) => timingSafeEqual(Buffer.from(a), Buffer.from(b));
