import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { updateExample } from '#shared/firmware/firmware-example.ts';
import { FirmwareUpdate, FirmwareUpdateStatus } from '#shared/firmware/firmware-update.ts';
import { listFirmwareUpdates } from '#shared/firmware/list-firmware-updates.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { answerList, commaList, listOf, pageQuery } from '#shared/http/list.ts';

export const endpoint = defineEndpoint({
  id: 'listFirmwareUpdates',
  route: 'GET /v1/firmware-updates',
  summary: 'List firmware updates',
  description: `
The updates of chargers and how far each is, newest first; those of a campaign in the order of its
targets. \`reports\` is what the charger told, as it came: some tell things twice, late, or out of order,
which \`status\` does not follow. \`total\` is null: the list is a history.

A page of a narrow filter may be short, or even empty: go on while \`next_cursor\` is given.`,
  scope: 'firmware:read',
  query: z.object({
    ids: commaList(z.string().max(40))
      .refine((ids) => ids.length <= 200, 'At most 200')
      .optional()
      .meta({ description: 'These, comma between them.' }),
    charger_id: z.string().max(48).optional().meta({ example: 'BLR-014' }),
    campaign_id: z.string().max(40).optional().meta({ example: 'fwc_01JWA5C7Q5KTJ7W2Z0C4Y6R8HN' }),
    status: commaList(FirmwareUpdateStatus)
      .optional()
      .meta({ description: 'One of these, comma between them.', example: 'installed' }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('firmware_updates', FirmwareUpdate).meta({ id: 'FirmwareUpdateList' }),
  examples: {
    ofOneCharger: {
      summary: 'The updates of one charger',
      query: { charger_id: 'BLR-014' },
      response: { firmware_updates: [updateExample], total: null, next_cursor: null },
    },
  },
  handle: ({ query }, ctx) =>
    answerList(ctx, { list: 'listFirmwareUpdates', plural: 'firmware_updates', query }, (page) =>
      listFirmwareUpdates(ctx, query, page),
    ),
});

export const handler = serve(endpoint);
