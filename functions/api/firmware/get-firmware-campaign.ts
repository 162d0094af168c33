import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { getCampaign } from '#shared/firmware-campaigns/campaign.ts';
import { campaignExample } from '#shared/firmware-campaigns/campaign-example.ts';
import { Campaign, viewNow } from '#shared/firmware-campaigns/campaign-view.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

export const endpoint = defineEndpoint({
  id: 'getFirmwareCampaign',
  route: 'GET /v1/firmware-campaigns/{campaign_id}',
  summary: 'Read a firmware campaign',
  description: `
A campaign and how far it is: how many targets are in which state, in all and by wave. The counts are exact
at every moment, and add up. What became of each charger is in
\`GET /v1/firmware-updates?campaign_id=…\`.`,
  scope: 'firmware:read',
  params: z.object({ campaign_id: z.string().max(40).meta({ example: campaignExample.id }) }),
  status: 200,
  response: Campaign,
  errors: ['not_found'],
  examples: {
    secondWave: {
      summary: 'In its second wave',
      params: { campaign_id: campaignExample.id },
      response: campaignExample,
    },
  },
  handle: async ({ params }, ctx) => viewNow(ctx, await getCampaign(ctx, params.campaign_id)),
});

export const handler = serve(endpoint);
