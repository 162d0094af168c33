import * as jose from 'jose';
import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import type { Table } from '#shared/core/table.ts';
import { allSigningKeys, publicMembers, SIGNING_ALGORITHM } from '#shared/oauth/signing-key.ts';

/** Of RFC 9068 2.1. */
export const TOKEN_TYPE = 'at+jwt';

/** Who a token stands for. */
export const TokenKind = z.enum(['oauth_client', 'member', 'driver']);
export type TokenKind = z.infer<typeof TokenKind>;

/** What we say in a token, besides what every one has. */
const OwnClaims = z.object({
  organization_id: z.string(),
  livemode: z.boolean(),
  kind: TokenKind,
  /** The sites it is restricted to; left out, it reaches all. */
  site_ids: z.array(z.string()).min(1).optional(),
  /** What a person let the client do, and may take back; left out for a service. */
  grant_id: z.string().optional(),
  /** When that person signed in, in seconds. */
  auth_time: z.int().optional(),
});
export type OwnClaims = z.infer<typeof OwnClaims>;

/** An access token (RFC 9068) of ours. */
export const AccessTokenClaims = OwnClaims.extend({
  iss: z.string(),
  sub: z.string(),
  client_id: z.string(),
  jti: z.string(),
  iat: z.int(),
  exp: z.int(),
  scope: z.string().default(''),
});
export type AccessTokenClaims = z.infer<typeof AccessTokenClaims>;

type World = Pick<Context, 'table' | 'now'>;

/** Whether it can be one at all; an API key is none. */
export const looksLikeToken = (text: string): boolean =>
  text.length < MOST_CHARACTERS && /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(text);
const MOST_CHARACTERS = 8192;

/**
 * The claims of a token that this issuer signed, for itself, and that is not over: undefined for every
 * other. Whether it was taken back since is not asked here.
 */
export async function readAccessToken(
  from: World,
  issuer: string,
  token: string,
): Promise<AccessTokenClaims | undefined> {
  if (!looksLikeToken(token)) return undefined;
  try {
    const { payload } = await jose.jwtVerify(token, (header) => keyFor(from, header.kid), {
      issuer,
      audience: issuer,
      typ: TOKEN_TYPE,
      algorithms: [SIGNING_ALGORITHM],
      currentDate: from.now(),
      requiredClaims: ['exp'],
    });
    return AccessTokenClaims.parse(payload);
  } catch (error) {
    if (error instanceof jose.errors.JOSEError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

const FRESH_MS = 300_000;
/** Whoever sends tokens of unknown keys does not have them read from the table each time. */
const PATIENCE_MS = 10_000;

interface Known {
  readonly at: number;
  readonly keys: ReadonlyMap<string, Promise<jose.CryptoKey | Uint8Array>>;
}
/** A public key is known days before it signs, so each process reads them every few minutes alone. */
const known = new WeakMap<Table, Known>();

async function keyFor(from: World, kid: string | undefined) {
  const now = from.now().getTime();
  const before = known.get(from.table);
  const found = kid === undefined ? undefined : before?.keys.get(kid);
  const age = before ? Math.abs(now - before.at) : Number.POSITIVE_INFINITY;
  if (found && age < FRESH_MS) return found;
  const isTold = before !== undefined && before.keys.size > 0 && age < PATIENCE_MS;
  const next = isTold ? before : await readKeys(from, now);
  const key = next.keys.get(kid ?? '');
  if (!key) throw new jose.errors.JWKSNoMatchingKey();
  return key;
}

async function readKeys(from: World, at: number): Promise<Known> {
  const all = await allSigningKeys(from);
  const imported = all.map(
    (key) => [key.kid, jose.importJWK({ ...key.public_jwk, ...publicMembers(key) })] as const,
  );
  const next = { at, keys: new Map(imported) };
  known.set(from.table, next);
  return next;
}
