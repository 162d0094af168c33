import * as z from 'zod';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError, conflict } from '#shared/core/errors.ts';
import type { FileUpload } from '#shared/core/files.ts';
import { ConditionFailed, type Item } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { filePath } from '#shared/files/file-url.ts';

/** What chargers hold, and OCPP has room for, in signatures and certificates. */
export const signing = {
  signature: z.string().min(1).max(800).nullable().default(null).meta({
    description: "The manufacturer's signature of the file, base64. With `signing_certificate`.",
  }),
  signing_certificate: z.string().min(1).max(5500).nullable().default(null).meta({
    description: 'The certificate that the signature is checked with, PEM.',
  }),
};
export const isSignedWhole = (given: {
  signature: string | null;
  signing_certificate: string | null;
}): boolean => (given.signature === null) === (given.signing_certificate === null);
export const signedInPart = {
  message: 'signature and signing_certificate come together.',
  path: ['signing_certificate'],
};

const MAX_BYTES = 512 * 1024 * 1024;
const UPLOAD_WITHIN_S = 3600;
/** What has not come a day after it was announced will not. */
const LOOKED_FOR_S = 86_400;

const about = {
  name: z.string().min(1).max(200).meta({ example: 'MX-EV-22 4.3.0' }),
  version: z.string().min(1).max(50).meta({
    description: 'As chargers report it when they boot: that is how an update is known to be done.',
    example: '4.3.0',
  }),
  vendor_name: z.string().min(1).max(100).nullable().default(null).meta({
    description: 'For chargers of this make alone.',
    example: 'Magma',
  }),
  models: z
    .array(z.string().min(1).max(100))
    .max(100)
    .default([])
    .meta({
      description: 'For these models alone; for all where empty.',
      example: ['MX-EV-22'],
    }),
  compatible_versions: z
    .array(z.string().min(1).max(50))
    .max(100)
    .default([])
    .meta({
      description: 'Chargers must have one of these before; any where empty.',
      example: ['4.1.0', '4.2.1'],
    }),
  file_name: z
    .string()
    .regex(/^[\w.-]{1,100}$/)
    .default('firmware.bin')
    .meta({
      description: 'What the file is called at the end of its URL; some chargers go by it.',
      example: 'mx-ev-22_4.3.0.bin',
    }),
  size_bytes: z.int().min(1).max(MAX_BYTES).meta({ example: 18_874_368 }),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({
      description: 'Of the file, hex.',
      example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    }),
  ...signing,
};

export const NewFirmwareImage = z
  .object(about)
  .refine(isSignedWhole, signedInPart)
  .meta({ id: 'NewFirmwareImage' });
export type NewFirmwareImage = z.output<typeof NewFirmwareImage>;

/** A firmware file and what is known of it, as it lies in its row and as the API shows it. */
export const FirmwareImage = z
  .object({
    id: z.string().meta({ example: 'fwi_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN' }),
    ...about,
    status: z.enum(['pending', 'ready']).meta({
      description: '`ready` once the store has the file, and its SHA-256 is the one given.',
    }),
    livemode: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
    resource_version: z.int(),
  })
  .meta({ id: 'FirmwareImage', description: 'A firmware file for chargers.' });
export type FirmwareImage = z.infer<typeof FirmwareImage>;

/** Keeps what is said of a file, and answers how to upload it. */
export async function createFirmwareImage(
  ctx: Context,
  input: NewFirmwareImage,
): Promise<FirmwareImage & { upload: FileUpload }> {
  const at = isoNow(ctx);
  const image = FirmwareImage.parse({
    ...input,
    id: ctx.newId('fwi'),
    status: 'pending',
    livemode: ctx.livemode,
    created_at: at,
    updated_at: at,
    resource_version: 1,
  });
  await commit(ctx, {
    aggregate: { kind: 'firmware_image', id: image.id, version: image.resource_version },
    writes: [{ op: 'put', when: 'absent', item: imageItem(ctx, image) }],
  });
  return uploadable(ctx, image);
}

/** The image, and how to upload it from now on. */
export async function uploadable(
  ctx: Context,
  image: FirmwareImage,
): Promise<FirmwareImage & { upload: FileUpload }> {
  const bytes = { size: image.size_bytes, sha256: image.sha256 };
  const path = filePath(ctx, 'firmware', image.id);
  return { ...image, upload: await ctx.files.acceptExactly(path, bytes, UPLOAD_WITHIN_S) };
}

/** The image as it stands, once more compared with the store where it was not there before. */
export async function refreshImage(ctx: Context, image: FirmwareImage): Promise<FirmwareImage> {
  if (image.status === 'ready' || isoNow(ctx) > plusSeconds(image.created_at, LOOKED_FOR_S))
    return image;
  const stored = await ctx.files.head(filePath(ctx, 'firmware', image.id));
  if (stored?.sha256 !== image.sha256 || stored.size !== image.size_bytes) return image;
  const { resource_version } = image;
  const ready: FirmwareImage = {
    ...image,
    status: 'ready',
    updated_at: isoNow(ctx),
    resource_version: resource_version + 1,
  };
  try {
    await ctx.table.write([{ op: 'put', item: imageItem(ctx, ready), when: { resource_version } }]);
  } catch (error) {
    // Somebody else has just seen the same.
    if (!(error instanceof ConditionFailed)) throw error;
  }
  return ready;
}

/** An image named in a body, with its file there. Throws validation_failed, conflict. */
export async function requireReadyImage(ctx: Context, id: string): Promise<FirmwareImage> {
  const image = await findImage(ctx, id);
  if (!image) {
    const message = 'There is no such firmware image.';
    throw new AppError('validation_failed', message, {
      errors: [{ field: 'firmware_image_id', code: 'not_found', message }],
    });
  }
  const now = await refreshImage(ctx, image);
  if (now.status === 'ready') return now;
  throw conflict(`The file of ${id} has not been uploaded yet, or is not the one announced.`);
}

export async function findImage(ctx: Context, id: string): Promise<FirmwareImage | undefined> {
  const item = await ctx.table.get(keys.firmwareImage(ctx.tenantId, id));
  return item && FirmwareImage.parse(item);
}

const imageItem = (ctx: Context, image: FirmwareImage): Item => ({
  ...image,
  ...keys.firmwareImage(ctx.tenantId, image.id),
  ...keys.firmwareImages(ctx.tenantId, image.id),
});
