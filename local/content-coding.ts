import { promisify } from 'node:util';
import { deflate, gunzip, gzip, inflate } from 'node:zlib';
import { AppError } from '#shared/core/errors.ts';

/** What API Gateway compresses, where the deployment says so (lib/api-stack.ts). */
export const COMPRESSED_FROM_BYTES = 1024;

const encoders = { gzip: promisify(gzip), deflate: promisify(deflate) };
const decoders = { gzip: promisify(gunzip), deflate: promisify(inflate) };
type Coding = keyof typeof encoders;

const isCoding = (name: string): name is Coding => Object.hasOwn(encoders, name);

/** The body as it goes out, and the coding it has then; small ones go as they are. */
export async function encoded(
  body: Buffer,
  accepted: string | undefined,
): Promise<{ readonly bytes: Buffer; readonly coding?: Coding }> {
  const coding = body.length < COMPRESSED_FROM_BYTES ? undefined : chosen(accepted);
  return coding ? { bytes: await encoders[coding](body), coding } : { bytes: body };
}

/** The first that the client takes; a weight of 0 is a refusal (RFC 9110 12.5.3). */
const chosen = (accepted = ''): Coding | undefined =>
  accepted
    .toLowerCase()
    .split(',')
    .map((each) => each.trim().split(/\s*;\s*q=/))
    .filter(([, weight = '1']) => Number(weight) > 0)
    .map(([name = '']) => name)
    .find(isCoding);

/**
 * A request's body as its function gets it. Throws unsupported_media_type for other codings,
 * invalid_request for what cannot be read, payload_too_large for what is too large when it is unpacked.
 */
export async function decoded(
  body: Buffer,
  coding: string | undefined,
  maxOutputLength: number,
): Promise<Buffer> {
  const name = coding?.trim().toLowerCase() ?? 'identity';
  if (name === 'identity' || name === '') return body;
  if (!isCoding(name))
    throw new AppError('unsupported_media_type', 'Content-Encoding is gzip or deflate.');
  try {
    return await decoders[name](body, { maxOutputLength });
  } catch (cause) {
    if (cause instanceof RangeError)
      throw new AppError('payload_too_large', 'The body is too large.', { cause });
    throw new AppError('invalid_request', `The body is not ${name}, as its header says.`, {
      cause,
    });
  }
}
