import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { campaignExample } from '#shared/firmware-campaigns/campaign-example.ts';
import { Campaign } from '#shared/firmware-campaigns/campaign-view.ts';
import { CampaignPatch, updateCampaign } from '#shared/firmware-campaigns/update-campaign.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

export const endpoint = defineEndpoint({
  id: 'updateFirmwareCampaign',
  route: 'PATCH /v1/firmware-campaigns/{campaign_id}',
  summary: 'Pause, resume, cancel or change a firmware campaign',
  description: `
\`status: paused\` begins nothing more, \`running\` resumes, \`canceled\` ends for good. Updates that chargers
have begun go on, and are counted. Resuming after a pause by the failure limit looks at the updates that end
from then on: those that failed before are forgiven. The window and the other rules may be changed at any
time, and hold from then on.

**409 conflict**: the campaign is completed or canceled.`,
  scope: 'firmware:write',
  params: z.object({ campaign_id: z.string().max(40).meta({ example: campaignExample.id }) }),
  body: CampaignPatch,
  status: 200,
  response: Campaign,
  errors: ['not_found', 'conflict', 'etag_mismatch', 'validation_failed'],
  examples: {
    pause: {
      summary: 'Begin nothing more for now',
      params: { campaign_id: campaignExample.id },
      body: { status: 'paused' },
      response: { ...campaignExample, status: 'paused', pause_reason: 'by_user' },
    },
    window: {
      summary: 'At weekends too, and longer',
      params: { campaign_id: campaignExample.id },
      body: { window: { from: '22:00', to: '06:00' } },
    },
  },
  handle: ({ params, body, ifMatch }, ctx) =>
    updateCampaign(ctx, params.campaign_id, body, ifMatch),
});

export const handler = serve(endpoint);
