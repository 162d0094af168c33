import '#shared/aws/provide-s3-files.ts';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { imageExample } from '#shared/firmware/firmware-example.ts';
import { getCampaign, NewCampaign } from '#shared/firmware-campaigns/campaign.ts';
import { newCampaignExample } from '#shared/firmware-campaigns/campaign-example.ts';
import { Campaign, viewNow } from '#shared/firmware-campaigns/campaign-view.ts';
import { createCampaign } from '#shared/firmware-campaigns/create-campaign.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

export const endpoint = defineEndpoint({
  id: 'createFirmwareCampaign',
  route: 'POST /v1/firmware-campaigns',
  summary: 'Update the firmware of many chargers',
  description: `
Rolls an image out in waves. The targets are the chargers that match \`targets\` when the campaign is made;
finding them takes a moment, \`progress.total\` grows meanwhile. A wave begins when every charger of the one
before has been updated, has failed, or was skipped.

A charger's update begins when it is connected, idle (\`only_when_idle\`), without another update, within
the \`window\` by the clock of its own site, and as long as fewer than \`max_concurrent\` are under way. One
that is not ready is looked at again, until the wave has waited \`patience_hours\` for it since its window
first opened: then it is skipped. Skipped at once are chargers that have the version already, that the
image is not for, that cannot be updated, or that have been retired. An update that has begun may end
after its window has closed.

When \`auto_pause.failure_percent\` of those that ended have failed, \`min_samples\` at least, nothing more
is begun: \`firmware_campaign.paused\`. Resume it, change it or cancel it with \`PATCH\`.

**422**: a charger, site or image that does not exist. **409 conflict**: the image's file has not been
uploaded.`,
  scope: 'firmware:write',
  body: NewCampaign,
  status: 201,
  response: Campaign,
  errors: ['validation_failed', 'conflict'],
  location: ({ id }) => `/v1/firmware-campaigns/${id}`,
  examples: {
    threeWaves: {
      summary: 'Five chargers, then a quarter, then the rest, at night',
      body: {
        name: newCampaignExample.name,
        firmware_image_id: imageExample.id,
        targets: { model: 'MX-EV-22', firmware_version: '4.2.1' },
        waves: [{ count: 5 }, { percent: 25 }, { percent: 100 }],
        window: { from: '23:00', to: '05:00', weekdays: ['mon', 'tue', 'wed', 'thu'] },
      },
      response: newCampaignExample,
    },
  },
  recall: async (ctx, { id }) => viewNow(ctx, await getCampaign(ctx, id)),
  handle: ({ body }, ctx) => createCampaign(ctx, body),
});

export const handler = serve(endpoint);
