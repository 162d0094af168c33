import * as z from 'zod';
import { applyPatch } from '#shared/core/apply-patch.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError, conflict } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import {
  getCampaign,
  hasEnded,
  rules,
  type StoredCampaign,
} from '#shared/firmware-campaigns/campaign.ts';
import { type Campaign, campaignView, viewNow } from '#shared/firmware-campaigns/campaign-view.ts';
import { changeCampaign, turnAt } from '#shared/firmware-campaigns/change-campaign.ts';
import { CampaignPaused } from '#shared/firmware-campaigns/events.ts';
import { readProgress } from '#shared/firmware-campaigns/progress.ts';

export const CampaignPatch = z
  .object({
    status: z.enum(['running', 'paused', 'canceled']).meta({
      description: '`paused`, `running` to resume, `canceled` for good.',
    }),
    name: z.string().min(1).max(200),
    window: rules.window.unwrap(),
    only_when_idle: rules.only_when_idle.unwrap(),
    max_concurrent: rules.max_concurrent.unwrap(),
    auto_pause: rules.auto_pause.unwrap(),
  })
  .partial()
  .meta({ id: 'FirmwareCampaignPatch', description: 'JSON Merge Patch: null clears.' });
export type CampaignPatch = z.output<typeof CampaignPatch>;

/**
 * Pauses, resumes, cancels, or changes the rules; what is under way at chargers goes on. Throws
 * not_found, etag_mismatch, conflict.
 */
export async function updateCampaign(
  ctx: Context,
  id: string,
  { status, ...patch }: CampaignPatch,
  ifMatch?: number,
): Promise<Campaign> {
  return retrying(async () => {
    const before = await getCampaign(ctx, id);
    const progress = await readProgress(ctx, before);
    const shown = campaignView(ctx, before, progress).resource_version;
    if (ifMatch !== undefined && ifMatch !== shown)
      throw new AppError('etag_mismatch', `${id} has changed since.`);
    if (hasEnded(before)) throw conflict(`${id} is ${before.status}.`);
    const { total } = progress;
    const next: StoredCampaign = {
      ...applyPatch(before, patch),
      ...statusFields(ctx, before, status, total),
      // Whoever looks at it just now, by the old rules, begins nothing more.
      turn: before.turn + 1,
    };
    const pauses = next.status === 'paused' && before.status !== 'paused';
    const goesOn = next.search !== null || ['scheduled', 'running'].includes(next.status);
    const waits = next.search === null && next.start_at !== null && next.start_at > isoNow(ctx);
    const at = waits ? (next.start_at ?? undefined) : undefined;
    const after = await changeCampaign(ctx, before, next, {
      event: pauses ? CampaignPaused : undefined,
      tasks: goesOn ? [turnAt(ctx, next, at)] : [],
    });
    return viewNow(ctx, after);
  });
}

function statusFields(
  ctx: Context,
  before: StoredCampaign,
  wanted: CampaignPatch['status'],
  { installed, failed }: { installed: number; failed: number },
): Partial<StoredCampaign> {
  if (wanted === 'canceled') return { status: wanted };
  if (wanted === 'paused' && before.status !== 'paused')
    return { status: wanted, pause_reason: 'by_user' };
  if (wanted !== 'running' || before.status !== 'paused') return {};
  return {
    status: before.started_at === null ? 'scheduled' : 'running',
    pause_reason: null,
    // The limit looks at what comes now, and a wave has its patience anew.
    forgiven: { installed, failed },
    wave_began_at: before.wave_began_at === null ? null : isoNow(ctx),
  };
}
