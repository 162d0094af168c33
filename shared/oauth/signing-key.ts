import { generateKeyPair, type webcrypto } from 'node:crypto';
import { promisify } from 'node:util';
import * as jose from 'jose';
import * as z from 'zod';
import { type Context, isoNow } from '#shared/core/context.ts';
import { SEAL_NONCE_BYTES, type Sealing, seal, unseal } from '#shared/core/seal.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';

/** Every client must be able to verify it (RFC 9068 4, OpenID Connect Core 15.1). */
export const SIGNING_ALGORITHM = 'RS256';
const MODULUS_BITS = 2048;

/** A key that signs tokens, for a time. What is private of it is sealed. */
const SigningKey = z.object({
  number: z.int().positive(),
  kid: z.string(),
  public_jwk: z.looseObject({ kty: z.literal('RSA'), n: z.string(), e: z.string() }),
  sealed_jwk: z.string(),
  /** Published before; signing from then on, until the next one does. */
  signs_from: z.string(),
});
export type SigningKey = z.infer<typeof SigningKey>;

type World = Pick<Context, 'table' | 'now' | 'newSecret' | 'cursorKey'>;

/** All keys of the deployment that are published; the oldest first. */
export async function allSigningKeys({ table }: Pick<Context, 'table'>): Promise<SigningKey[]> {
  const rows = await readAll({ table }, keys.signingKeys());
  return rows.map((row) => SigningKey.parse(row));
}

/** The same; where there is none yet, the first is made. */
export async function signingKeys(ctx: World): Promise<SigningKey[]> {
  const found = await allSigningKeys(ctx);
  if (found.length > 0) return found;
  await addSigningKey(ctx, 1, isoNow(ctx));
  return allSigningKeys(ctx);
}

/** Which of them signs now. */
export const presentKey = (all: readonly SigningKey[], now: Date): SigningKey | undefined =>
  all.findLast(({ signs_from }) => Date.parse(signs_from) <= now.getTime());

/** One more key; nothing where another made that number first. */
export async function addSigningKey(ctx: World, number: number, signsFrom: string): Promise<void> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: MODULUS_BITS,
  });
  const [public_jwk, private_jwk] = [publicKey, privateKey].map((key) =>
    key.export({ format: 'jwk' }),
  );
  const kid = await jose.calculateJwkThumbprint({ ...public_jwk });
  const sealing = await sealingOf(ctx, kid);
  const nonce = ctx.newSecret(SEAL_NONCE_BYTES);
  const row = SigningKey.parse({
    number,
    kid,
    public_jwk,
    sealed_jwk: seal(sealing, nonce, JSON.stringify(private_jwk)),
    signs_from: signsFrom,
  });
  try {
    await ctx.table.write([
      { op: 'put', when: 'absent', item: { ...row, ...keys.signingKey(number) } },
    ]);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

/** What it signs with. Throws where it was sealed by another deployment. */
export async function privateJwk(ctx: World, key: SigningKey): Promise<webcrypto.JsonWebKey> {
  const text = unseal(await sealingOf(ctx, key.kid), key.sealed_jwk);
  if (text === undefined) throw new Error(`The signing key ${key.kid} cannot be opened`);
  return { ...JSON.parse(text), ...publicMembers(key) };
}

/** What verifiers are told of it (RFC 7517). */
export const publicMembers = ({ kid }: SigningKey) => ({ kid, alg: SIGNING_ALGORITHM, use: 'sig' });

const sealingOf = async (ctx: World, kid: string): Promise<Sealing> => ({
  secret: await ctx.cursorKey(),
  purpose: 'oauth-signing-key',
  binding: kid,
});
