import '#shared/aws/provide-s3-files.ts';
import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { imageExample } from '#shared/firmware/firmware-example.ts';
import { FirmwareImage } from '#shared/firmware/firmware-image.ts';
import { listFirmwareImages } from '#shared/firmware/list-firmware-images.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { answerList, commaList, listOf, pageQuery } from '#shared/http/list.ts';

export const endpoint = defineEndpoint({
  id: 'listFirmwareImages',
  route: 'GET /v1/firmware-images',
  summary: 'List firmware images',
  description: `
Firmware files, newest first. \`model\` and \`vendor_name\` give the images that suit such chargers: those
that name them, and those that name none. An image is \`ready\` once its file has been uploaded and its
SHA-256 is the one that was announced.`,
  scope: 'firmware:read',
  query: z.object({
    ids: commaList(z.string().max(40)).optional().meta({ description: 'These, comma between.' }),
    model: z.string().max(100).optional().meta({ example: 'MX-EV-22' }),
    vendor_name: z.string().max(100).optional().meta({ example: 'Magma' }),
    version: z.string().max(50).optional().meta({ example: '4.3.0' }),
    status: FirmwareImage.shape.status.optional(),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('firmware_images', FirmwareImage).meta({ id: 'FirmwareImageList' }),
  examples: {
    forOneModel: {
      summary: 'What suits one model',
      query: { model: 'MX-EV-22' },
      response: { firmware_images: [imageExample], total: 1, next_cursor: null },
    },
  },
  handle: ({ query }, ctx) =>
    answerList(ctx, { list: 'listFirmwareImages', plural: 'firmware_images', query }, (page) =>
      listFirmwareImages(ctx, query, page),
    ),
});

export const handler = serve(endpoint);
