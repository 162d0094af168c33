import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import type { Item, Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import type { StoredCampaign } from '#shared/firmware-campaigns/campaign.ts';
import { moved, TargetState } from '#shared/firmware-campaigns/progress.ts';

/** A charger of a campaign. While it waits, a row of its own says so, so that the rest need not be read. */
export const Target = z.object({
  charger_id: z.string(),
  position: z.int(),
  /** Of its site, by which the window goes. */
  zone: z.string(),
  state: TargetState,
  /** Why it was skipped. */
  reason: z.string().nullable().default(null),
  update_id: z.string().nullable().default(null),
  version: z.int(),
});
export type Target = z.infer<typeof Target>;

export async function findTarget(
  ctx: Context,
  campaign: string,
  position: number,
): Promise<Target | undefined> {
  const item = await ctx.table.get(keys.campaignTarget(ctx.tenantId, campaign, position));
  return item && Target.parse(item);
}

/** The rows of a target not begun yet. */
export function newTarget(
  ctx: Context,
  campaign: string,
  target: Pick<Target, 'charger_id' | 'position' | 'zone'>,
): Write[] {
  const whole: Target = {
    ...target,
    state: 'waiting',
    reason: null,
    update_id: null,
    version: 1,
  };
  return [
    { op: 'put', item: targetItem(ctx, campaign, whole) },
    { op: 'put', item: waitingItem(ctx, campaign, whole) },
  ];
}

/**
 * The writes that bring a target into another state, with the counts. They fail where somebody else was
 * faster.
 */
export function moveTarget(
  ctx: Context,
  campaign: StoredCampaign,
  before: Target,
  change: Pick<Target, 'state'> & Partial<Pick<Target, 'reason' | 'update_id'>>,
): { target: Target; writes: Write[] } {
  const { id } = campaign;
  const { version, position, state } = before;
  const target: Target = { ...before, ...change, version: version + 1 };
  const wave = waveOf(campaign, position);
  return {
    target,
    writes: [
      { op: 'put', item: targetItem(ctx, id, target), when: { version } },
      moved(ctx, id, wave, [state, target.state]),
      ...(target.state === 'waiting'
        ? [{ op: 'put', item: waitingItem(ctx, id, target) } as const]
        : []),
      ...(state === 'waiting'
        ? [{ op: 'delete', key: keys.waitingTarget(ctx.tenantId, id, position) } as const]
        : []),
    ],
  };
}

/** The wave, from 1 on, that a place among the targets belongs to. */
export function waveOf({ wave_sizes }: StoredCampaign, position: number): number {
  let end = 0;
  const found = wave_sizes.findIndex((size) => {
    end += size;
    return position < end;
  });
  return found < 0 ? wave_sizes.length : found + 1;
}

/** The first and the last place of a wave. */
export function placesOf({ wave_sizes }: StoredCampaign, wave: number): [number, number] {
  const first = wave_sizes.slice(0, wave - 1).reduce((sum, size) => sum + size, 0);
  return [first, first + (wave_sizes[wave - 1] ?? 0) - 1];
}

const targetItem = (ctx: Context, campaign: string, target: Target): Item => ({
  ...target,
  ...keys.campaignTarget(ctx.tenantId, campaign, target.position),
});

const waitingItem = (
  ctx: Context,
  campaign: string,
  { charger_id, position, zone }: Target,
): Item => ({
  charger_id,
  position,
  zone,
  ...keys.waitingTarget(ctx.tenantId, campaign, position),
});
