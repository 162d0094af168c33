import * as z from 'zod';
import { isSignedWhole, signedInPart, signing } from '#shared/firmware/firmware-image.ts';

const DAYS_AHEAD = 7;
const LOCATION = /^(https?|ftps?|sftp):\/\/\S+$/;

const when = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

/** How a charger is to be updated: by an image of ours, or by a file that lies elsewhere. */
export const NewFirmwareUpdate = z
  .object({
    firmware_image_id: z.string().min(1).max(40).nullable().default(null).meta({
      description: 'An image that is `ready`.',
      example: 'fwi_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN',
    }),
    url: z.string().regex(LOCATION).max(512).nullable().default(null).meta({
      description: 'Or where else the file lies: http, https, ftp, ftps or sftp.',
    }),
    version: z.string().min(1).max(50).nullable().default(null).meta({
      description: 'With `url`: what the charger will have afterwards, as it reports it.',
    }),
    ...signing,
    start_at: when
      .nullable()
      .default(null)
      .meta({
        description: `When the charger is to begin, at most ${DAYS_AHEAD} days ahead; at once where left out.`,
        example: '2026-06-02T19:30:00Z',
      }),
    install_at: when.nullable().default(null).meta({
      description: 'When it is to install what it has fetched. OCPP 1.6: with a signature only.',
    }),
    retries: z.int().min(0).max(10).default(3).meta({
      description: 'How often it tries the download again.',
    }),
    retry_interval_seconds: z.int().min(0).max(3600).default(60),
    expires_in_seconds: z.int().min(1).max(604_800).default(86_400).meta({
      description: 'How long the charger may be out of reach before this is given up.',
      example: 86_400,
    }),
  })
  .refine(({ firmware_image_id: image, url }) => (image === null) !== (url === null), {
    message: 'Either firmware_image_id or url.',
    path: ['firmware_image_id'],
  })
  .refine(
    ({ firmware_image_id: image, version, signature }) => !image || (!version && !signature),
    {
      message: 'Version and signature are the image’s own.',
      path: ['version'],
    },
  )
  .refine(isSignedWhole, signedInPart)
  .meta({ id: 'NewFirmwareUpdate' });
export type NewFirmwareUpdate = z.output<typeof NewFirmwareUpdate>;

/** The last instant that may be asked for. */
export const latestStart = (now: Date): string =>
  new Date(now.getTime() + DAYS_AHEAD * 86_400_000).toISOString();
