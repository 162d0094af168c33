import { notFound } from '#shared/core/errors.ts';
import '#shared/aws/provide-s3-files.ts';
import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { imageExample } from '#shared/firmware/firmware-example.ts';
import {
  createFirmwareImage,
  FirmwareImage,
  findImage,
  NewFirmwareImage,
  uploadable,
} from '#shared/firmware/firmware-image.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

const Upload = z
  .object({
    method: z.enum(['PUT']),
    url: z.string(),
    headers: z.record(z.string(), z.string()).meta({ description: 'To be sent as they are.' }),
    expires_at: z.string(),
  })
  .meta({ id: 'FileUpload', description: 'The request by which to upload the file.' });

export const endpoint = defineEndpoint({
  id: 'createFirmwareImage',
  route: 'POST /v1/firmware-images',
  summary: 'Register a firmware image',
  description: `
Says what a firmware file is, and for which chargers. The file itself is then uploaded by the request in
\`upload\`, within an hour: with that method, to that URL, with those headers. The store takes no other
bytes than those whose size and SHA-256 were given. \`status\` is \`pending\` until they are there, and
\`ready\` from then on; look with \`GET /v1/firmware-images?ids=…\`.

With \`signature\` and \`signing_certificate\`, which come from the manufacturer, chargers that can check
them do so before they install; to others the file is given without. An image never changes: another
file, or other words about it, are another image. Files are 512 MB at most.`,
  scope: 'firmware:write',
  body: NewFirmwareImage,
  status: 201,
  response: FirmwareImage.extend({ upload: Upload }).meta({ id: 'NewFirmwareImageAnswer' }),
  errors: ['validation_failed'],
  location: ({ id }) => `/v1/firmware-images?ids=${id}`,
  examples: {
    oneModel: {
      summary: 'An image for one model',
      body: {
        name: imageExample.name,
        version: imageExample.version,
        vendor_name: imageExample.vendor_name,
        models: imageExample.models,
        compatible_versions: imageExample.compatible_versions,
        file_name: imageExample.file_name,
        size_bytes: imageExample.size_bytes,
        sha256: imageExample.sha256,
      },
      response: {
        ...imageExample,
        status: 'pending',
        updated_at: imageExample.created_at,
        resource_version: 1,
        upload: {
          method: 'PUT',
          url: 'https://files.s3.ap-south-1.amazonaws.com/firmware/main/fwi_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN?X-Amz-Signature=…',
          headers: {
            'content-length': '18874368',
            'x-amz-checksum-sha256': 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=',
          },
          expires_at: '2026-05-27T15:03:22.000Z',
        },
      },
    },
  },
  async recall(ctx, { id }) {
    const image = await findImage(ctx, id);
    if (!image) throw notFound('Firmware image');
    return uploadable(ctx, image);
  },
  handle: ({ body }, ctx) => createFirmwareImage(ctx, body),
});

export const handler = serve(endpoint);
