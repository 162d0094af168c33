import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '#shared/core/ids.ts';

export interface PasswordHash {
  readonly salt: string;
  readonly hash: string;
}

/** 20 random bytes in hex: an OCPP 1.6 AuthorizationKey and a valid 2.0.1 BasicAuthPassword at once. */
export const newPassword = (): string => randomBytes(20).toString('hex');

export function hashPassword(password: string): PasswordHash {
  const salt = randomBytes(16).toString('hex');
  return { salt, hash: sha256(salt + password.toLowerCase()) };
}

/**
 * A charger sends the key as the hex text or as the bytes that the text spells (both are in the
 * field), so either opens the door. `password` is what came in the header, byte for byte.
 */
export function passwordMatches(stored: PasswordHash, password: Uint8Array): boolean {
  const bytes = Buffer.from(password);
  const candidates = [bytes.toString('latin1').toLowerCase(), bytes.toString('hex')];
  return candidates.some((text) => sameHash(stored.hash, sha256(stored.salt + text)));
}

const sameHash = (a: string, b: string) => timingSafeEqual(Buffer.from(a), Buffer.from(b));
