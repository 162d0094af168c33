import type { Told } from '#shared/configuration/variable.ts';

/**
 * Keys and variables whose value is a secret: `AuthorizationKey` (1.6), `BasicAuthPassword` (2.0.1), Wi-Fi
 * and APN passwords, vendors' own. Their values are never stored and never shown.
 */
const SECRET = /authorizationkey|passw(or)?d|passphrase|secret|private.?key|api.?key|\bpin\b|psk$/i;

export const isSecretName = (name: string): boolean => SECRET.test(name);

/** What is told of a variable, less what of it is secret. */
export function withoutSecret<T extends Pick<Told, 'name' | 'facts'>>(told: T): T {
  if (!isSecretName(told.name)) return told;
  const { value: _, target: __, min_set: ___, max_set: ____, ...facts } = told.facts;
  return { ...told, facts };
}
