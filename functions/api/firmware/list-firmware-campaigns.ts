import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { CampaignStatus } from '#shared/firmware-campaigns/campaign.ts';
import { campaignExample } from '#shared/firmware-campaigns/campaign-example.ts';
import { Campaign } from '#shared/firmware-campaigns/campaign-view.ts';
import { listCampaigns } from '#shared/firmware-campaigns/list-campaigns.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { answerList, commaList, listOf, pageQuery } from '#shared/http/list.ts';

export const endpoint = defineEndpoint({
  id: 'listFirmwareCampaigns',
  route: 'GET /v1/firmware-campaigns',
  summary: 'List firmware campaigns',
  description: `
Campaigns and how far they are, newest first. A credential that is restricted to sites sees those made by
credentials with the same restriction, or a narrower one.`,
  scope: 'firmware:read',
  query: z.object({
    ids: commaList(z.string().max(40)).optional().meta({ description: 'These, comma between.' }),
    status: commaList(CampaignStatus)
      .optional()
      .meta({ description: 'One of these, comma between them.', example: 'running,paused' }),
    firmware_image_id: z.string().max(40).optional(),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('firmware_campaigns', Campaign).meta({ id: 'FirmwareCampaignList' }),
  examples: {
    running: {
      summary: 'What is under way',
      query: { status: 'running' },
      response: { firmware_campaigns: [campaignExample], total: 1, next_cursor: null },
    },
  },
  handle: ({ query }, ctx) =>
    answerList(
      ctx,
      { list: 'listFirmwareCampaigns', plural: 'firmware_campaigns', query },
      (page) => listCampaigns(ctx, query, page),
    ),
});

export const handler = serve(endpoint);
