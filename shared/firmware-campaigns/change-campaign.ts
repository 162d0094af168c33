import { type Context, isoNow } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { commit } from '#shared/events/commit.ts';
import { type EventType, eventOf } from '#shared/events/event.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import {
  campaignItem,
  hasEnded,
  type StoredCampaign,
} from '#shared/firmware-campaigns/campaign.ts';
import { type Campaign, viewNow } from '#shared/firmware-campaigns/campaign-view.ts';
import { RunCampaign } from '#shared/firmware-campaigns/tasks.ts';

interface With {
  readonly event?: EventType<typeof Campaign> | undefined;
  readonly tasks?: readonly DueTask[];
  readonly writes?: readonly Write[];
}

/** Stores a campaign's next state, if nobody was faster. Answers it; throws ConditionFailed. */
export async function changeCampaign(
  ctx: Context,
  before: StoredCampaign,
  fields: Partial<Omit<StoredCampaign, 'id' | 'resource_version'>>,
  { event, tasks = [], writes = [] }: With = {},
): Promise<StoredCampaign> {
  const at = isoNow(ctx);
  const next = { ...before, ...fields };
  const after: StoredCampaign = {
    ...next,
    ended_at: hasEnded(next) ? (before.ended_at ?? at) : null,
    updated_at: at,
    resource_version: before.resource_version + 1,
  };
  const { id, resource_version: version } = after;
  const when = { resource_version: before.resource_version };
  const object = event && (await viewNow(ctx, after));
  await commit(ctx, {
    aggregate: { kind: 'firmware_campaign', id, version },
    writes: [{ op: 'put', item: campaignItem(ctx, after), when }, ...writes],
    events:
      event && object
        ? [eventOf(ctx, event, { id, version: object.resource_version, object })]
        : [],
    tasks,
  });
  return after;
}

/** The task of a campaign's present number, due at once or at a time. */
export const turnAt = (
  ctx: Context,
  { id, turn }: Pick<StoredCampaign, 'id' | 'turn'>,
  at?: string,
): DueTask => dueTask(ctx, RunCampaign, { campaign_id: id, turn }, at);
