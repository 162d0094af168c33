import { scrypt, timingSafeEqual } from 'node:crypto';
import type { Context } from '#shared/core/context.ts';

/** What it costs to try a password: 32 MB and a tenth of a second, as OWASP's sheet has it for scrypt. */
const NOW = { N: 2 ** 15, r: 8, p: 3 };
type Cost = typeof NOW;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** The password as it is stored: `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(
  ctx: Pick<Context, 'newSecret'>,
  password: string,
): Promise<string> {
  return stored(NOW, ctx.newSecret(SALT_BYTES), password);
}

/**
 * Whether it is the password that was stored. `undefined` is nobody's, and takes as long to find out.
 * `outdated`: it is, and was stored when trying cost something else.
 */
export async function checkPassword(
  hash: string | undefined,
  password: string,
): Promise<'right' | 'outdated' | 'wrong'> {
  const [, N, r, p, salt = ''] = (hash ?? NOBODYS).split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const tried = Buffer.from(await stored(cost, salt, password));
  const known = Buffer.from(hash ?? NOBODYS);
  const same = tried.length === known.length && timingSafeEqual(tried, known);
  if (!same || hash === undefined) return 'wrong';
  return cost.N === NOW.N && cost.r === NOW.r && cost.p === NOW.p ? 'right' : 'outdated';
}

const head = ({ N, r, p }: Cost) => `scrypt$${N}$${r}$${p}`;
const NOBODYS = `${head(NOW)}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

async function stored(cost: Cost, salt: string, password: string): Promise<string> {
  // The same letters may come composed or not, by the keyboard.
  const text = password.normalize('NFKC');
  const options = { ...cost, maxmem: 256 * cost.N * cost.r + 2 ** 20 };
  const hash = await new Promise<Buffer>((resolve, reject) => {
    scrypt(text, Buffer.from(salt, 'base64url'), HASH_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
  return `${head(cost)}$${salt}$${hash.toString('base64url')}`;
}
