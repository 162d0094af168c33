import { Charger } from '#shared/chargers/charger.ts';
import { mayReach } from '#shared/chargers/charger-view.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { requireReadyImage } from '#shared/firmware/firmware-image.ts';
import {
  campaignItem,
  type NewCampaign,
  StoredCampaign,
} from '#shared/firmware-campaigns/campaign.ts';
import { type Campaign, viewNow } from '#shared/firmware-campaigns/campaign-view.ts';
import { turnAt } from '#shared/firmware-campaigns/change-campaign.ts';
import { requireSite } from '#shared/sites/site.ts';

/**
 * Makes a campaign, whose targets are then looked for: those that match when it is made. Throws
 * validation_failed for what does not exist, conflict while the image's file is not there.
 */
export async function createCampaign(ctx: Context, input: NewCampaign): Promise<Campaign> {
  const image = await requireReadyImage(ctx, input.firmware_image_id);
  if (input.targets.site_id !== null) await requireSite(ctx, input.targets.site_id);
  await requireChargers(ctx, input.targets.charger_ids ?? []);
  const at = isoNow(ctx);
  const campaign = StoredCampaign.parse({
    ...input,
    id: ctx.newId('fwc'),
    version: image.version,
    status: 'scheduled',
    requested_by: 'id' in ctx.actor ? ctx.actor.id : null,
    site_ids: allowedSites(ctx) ?? null,
    base: ctx.urls.api,
    search: { cursor: null, found: 0 },
    created_at: at,
    updated_at: at,
    resource_version: 1,
  });
  const { id, resource_version: version } = campaign;
  await commit(ctx, {
    aggregate: { kind: 'firmware_campaign', id, version },
    writes: [{ op: 'put', item: campaignItem(ctx, campaign), when: 'absent' }],
    tasks: [turnAt(ctx, campaign)],
  });
  return viewNow(ctx, campaign);
}

async function requireChargers(ctx: Context, ids: readonly string[]): Promise<void> {
  const rows = await ctx.table.batchGet(ids.map((id) => keys.charger(ctx.tenantId, id)));
  const errors = rows.flatMap((row, n) => {
    const charger = row && Charger.parse(row);
    if (charger && !charger.decommissioned && mayReach(ctx, charger)) return [];
    const field = `targets.charger_ids.${n}`;
    return [{ field, code: 'not_found', message: `There is no charger ${ids[n]}.` }];
  });
  if (errors.length > 0)
    throw new AppError('validation_failed', 'There are no such chargers.', {
      errors: errors.slice(0, 20),
    });
}
