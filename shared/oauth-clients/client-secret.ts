import type { Context } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import type { ClientSecret } from '#shared/oauth-clients/oauth-client.ts';

const SECRET_BYTES = 32;
const SHOWN = 'mos_test_'.length + 4;

/** `mos_test_` or `mos_live_` and 256 random bits. */
export const newClientSecret = (ctx: Pick<Context, 'livemode' | 'newSecret'>): string =>
  `mos_${ctx.livemode ? 'live' : 'test'}_${ctx.newSecret(SECRET_BYTES)}`;

/** The secret as it is stored. */
export const storedSecret = (secret: string, at: string): ClientSecret => ({
  hash: sha256(secret),
  prefix: secret.slice(0, SHOWN),
  created_at: at,
  expires_at: null,
});

/** Whether one of these secrets, which still works, is the one that was sent. */
export const isSecretOf = (
  secrets: readonly Pick<ClientSecret, 'hash' | 'expires_at'>[],
  sent: string,
  now: Date,
): boolean => {
  // Of 256 random bits: how long the comparison of hashes takes tells nothing.
  const hash = sha256(sent);
  return secrets.some((secret) => secret.hash === hash && !isPast(secret.expires_at, now));
};

export const isPast = (at: string | null, now: Date): boolean =>
  at !== null && Date.parse(at) <= now.getTime();
