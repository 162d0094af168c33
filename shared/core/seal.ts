import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Context } from '#shared/core/context.ts';

type Keys = Pick<Context, 'cursorKey' | 'newSecret'>;

const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/**
 * Text that only this deployment can read or make: AES-256-GCM under a key of its own per purpose.
 * `binding` is not part of the result; it must be the same when the text is opened.
 */
export async function seal(
  ctx: Keys,
  purpose: string,
  text: string,
  binding = '',
): Promise<string> {
  const iv = Buffer.from(ctx.newSecret(IV_BYTES), 'base64url');
  const cipher = createCipheriv('aes-256-gcm', await keyFor(ctx, purpose), iv);
  cipher.setAAD(Buffer.from(binding));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The text again, or undefined where it was tampered with, cut short, or sealed for something else. */
export async function unseal(
  ctx: Pick<Context, 'cursorKey'>,
  purpose: string,
  sealed: string,
  binding = '',
): Promise<string | undefined> {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
  const key = await keyFor(ctx, purpose);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
  decipher.setAAD(Buffer.from(binding));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

const keyFor = async (ctx: Pick<Context, 'cursorKey'>, purpose: string) =>
  Buffer.from(hkdfSync('sha256', await ctx.cursorKey(), '', purpose, KEY_BYTES));
