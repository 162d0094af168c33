import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import type { Item, Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import type { StoredCampaign } from '#shared/firmware-campaigns/campaign.ts';

export const TargetState = z.enum([
  'waiting',
  'updating',
  'installed',
  'failed',
  'skipped',
  'canceled',
]);
export type TargetState = z.infer<typeof TargetState>;

const COUNTED = ['updating', 'installed', 'failed', 'skipped', 'canceled'] as const;

/** How many targets are in which state; together they are all. */
export const Counts = z
  .object({
    total: z.int(),
    waiting: z.int(),
    updating: z.int(),
    installed: z.int(),
    failed: z.int(),
    skipped: z.int(),
    canceled: z.int(),
  })
  .meta({ id: 'CampaignCounts', description: 'How many targets are in which state.' });
export type Counts = z.infer<typeof Counts>;

export interface Progress {
  readonly total: Counts;
  readonly waves: readonly Counts[];
  /** Rises with every change. */
  readonly changes: number;
}

/**
 * The write that moves a target of a wave from one state to another in the counts. It stands in the
 * transaction that moves the target, so that the counts are always those of the targets. Who waits is not
 * counted, but what is left.
 */
export function moved(
  ctx: Context,
  campaign: string,
  wave: number,
  [from, to]: readonly [TargetState, TargetState],
): Write {
  const raise = (state: TargetState, by: number) =>
    state === 'waiting' ? {} : { [`${state}_${wave}`]: by };
  return {
    op: 'update',
    key: keys.campaignCounts(ctx.tenantId, campaign),
    add: { ...raise(from, -1), ...raise(to, 1), changes: 1 },
  };
}

export async function readProgress(ctx: Context, campaign: StoredCampaign): Promise<Progress> {
  return progressOf(campaign, await ctx.table.get(keys.campaignCounts(ctx.tenantId, campaign.id)));
}

/** The progress that a campaign's counts tell. What still waits when it is canceled is canceled. */
export function progressOf(
  { wave_sizes, search, status }: StoredCampaign,
  counts: Item | undefined,
): Progress {
  const read = (name: string) => z.number().catch(0).parse(counts?.[name]);
  const sizes = wave_sizes.length > 0 ? wave_sizes : [search?.found ?? 0];
  const waves = sizes.map((total, n) => {
    const counted = COUNTED.map((state) => [state, read(`${state}_${n + 1}`)] as const);
    const waiting = counted.reduce((left, [, count]) => left - count, total);
    const known = { total, waiting, ...Object.fromEntries(counted) };
    const wave = Counts.parse(known);
    if (status !== 'canceled') return wave;
    return { ...wave, waiting: 0, canceled: wave.canceled + waiting };
  });
  return { total: sum(waves), waves, changes: read('changes') };
}

function sum(waves: readonly Counts[]): Counts {
  const names = Counts.keyof().options;
  return Counts.parse(
    Object.fromEntries(
      names.map((name) => [name, waves.reduce((all, wave) => all + wave[name], 0)]),
    ),
  );
}

/** Whether too many of the updates that ended failed, by the limit of the campaign. */
export function failsTooOften(
  { auto_pause, forgiven }: Pick<StoredCampaign, 'auto_pause' | 'forgiven'>,
  { total }: Progress,
): boolean {
  if (!auto_pause) return false;
  const failed = total.failed - forgiven.failed;
  const ended = failed + total.installed - forgiven.installed;
  return ended >= auto_pause.min_samples && failed * 100 >= auto_pause.failure_percent * ended;
}
