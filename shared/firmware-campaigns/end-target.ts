import type { Context } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { commit } from '#shared/events/commit.ts';
import { hasFailed, type StoredUpdate } from '#shared/firmware/firmware-update.ts';
import { findCampaign } from '#shared/firmware-campaigns/campaign.ts';
import { turnAt } from '#shared/firmware-campaigns/change-campaign.ts';
import type { TargetState } from '#shared/firmware-campaigns/progress.ts';
import { findTarget, moveTarget } from '#shared/firmware-campaigns/target.ts';

/**
 * An update of a campaign has ended: its target with it, once. One that never went out waits again; one
 * that failed and turned out well after all is counted over.
 */
export async function endTarget(ctx: Context, update: StoredUpdate): Promise<void> {
  const { campaign_id: id, position } = update;
  if (id === null || position === null) return;
  await retrying(async () => {
    const campaign = await findCampaign(ctx, id);
    const target = campaign && (await findTarget(ctx, id, position));
    if (!target || target.update_id !== update.id) return;
    const state = stateAfter(update);
    const mayMove =
      target.state === 'updating' || (target.state === 'failed' && state === 'installed');
    if (!mayMove || !state) return;
    const reason = state === 'installed' ? null : (update.failure?.reason ?? null);
    const moved = moveTarget(ctx, campaign, target, { state, reason });
    await commit(ctx, {
      aggregate: {
        kind: 'campaign_target',
        id: `${id}.${position}`,
        version: moved.target.version,
      },
      writes: moved.writes,
      tasks: [turnAt(ctx, campaign)],
    });
  });
}

function stateAfter({ status, failure }: StoredUpdate): TargetState | undefined {
  if (status === 'installed') return 'installed';
  if (hasFailed(status)) return 'failed';
  if (status !== 'canceled') return undefined;
  return failure?.reason === 'expired' ? 'waiting' : 'canceled';
}
