import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { StoredCampaign } from '#shared/firmware-campaigns/campaign.ts';
import { Counts, type Progress, readProgress } from '#shared/firmware-campaigns/progress.ts';

/** A campaign as the API shows it. */
export const Campaign = StoredCampaign.omit({
  site_ids: true,
  base: true,
  search: true,
  wave_sizes: true,
  zones: true,
  turn: true,
  scan_from: true,
  forgiven: true,
  waves: true,
  version: true,
})
  .extend({
    id: z.string().meta({ example: 'fwc_01JWA5C7Q5KTJ7W2Z0C4Y6R8HN' }),
    version: z.string().meta({ description: 'What chargers have afterwards.', example: '4.3.0' }),
    progress: Counts,
    waves: z.array(Counts).meta({ description: 'The same by wave, once the targets are known.' }),
    current_wave: z.int().meta({ description: 'From 1 on; 0 before it has begun.' }),
    livemode: z.boolean(),
  })
  .meta({ id: 'FirmwareCampaign', description: 'An update of many chargers, in waves.' });
export type Campaign = z.infer<typeof Campaign>;

export const campaignView = (
  { livemode }: Pick<Context, 'livemode'>,
  campaign: StoredCampaign,
  { total, waves, changes }: Progress,
): Campaign =>
  Campaign.parse({
    ...campaign,
    progress: total,
    waves: campaign.wave_sizes.length > 0 ? waves : [],
    livemode,
    resource_version: campaign.resource_version + changes,
  });

export const viewNow = async (ctx: Context, campaign: StoredCampaign): Promise<Campaign> =>
  campaignView(ctx, campaign, await readProgress(ctx, campaign));
