import { crc32 } from 'node:zlib';
import type { Context } from '#shared/core/context.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_CHARACTERS = 32;
const CHECKSUM_CHARACTERS = 6;
const SHOWN = 'mk_test_'.length + 4;

/**
 * `mk_test_` or `mk_live_`, 190 random bits, and a checksum by which scanners and typing errors are
 * told from real secrets without asking the table.
 */
export function newApiKeySecret(ctx: Pick<Context, 'livemode' | 'newSecret'>): string {
  const bytes = Buffer.from(ctx.newSecret(32), 'base64url');
  const random = base62(BigInt(`0x${bytes.toString('hex')}`), RANDOM_CHARACTERS);
  const body = `mk_${ctx.livemode ? 'live' : 'test'}_${random}`;
  return body + checksum(body);
}

/** The secret's first characters, by which people recognise it. */
export const prefixOf = (secret: string): string => secret.slice(0, SHOWN);

/** Whether it can be a secret of ours at all. */
export function isApiKeySecret(text: string): boolean {
  const [, body, sum] = /^(mk_(?:live|test)_\w{32})(\w{6})$/.exec(text) ?? [];
  return body !== undefined && checksum(body) === sum;
}

const checksum = (body: string) => base62(BigInt(crc32(body)), CHECKSUM_CHARACTERS);

/** The last `length` digits of a number. */
function base62(value: bigint, length: number): string {
  let rest = value;
  let digits = '';
  for (let n = 0; n < length; n++) {
    digits = ALPHABET.charAt(Number(rest % 62n)) + digits;
    rest /= 62n;
  }
  return digits;
}
