import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { Window } from '#shared/firmware-campaigns/window.ts';

export const CampaignStatus = z
  .enum(['scheduled', 'running', 'paused', 'completed', 'canceled'])
  .meta({ id: 'FirmwareCampaignStatus' });
export type CampaignStatus = z.infer<typeof CampaignStatus>;

export const Targets = z
  .object({
    charger_ids: z
      .array(z.string().min(1).max(48))
      .min(1)
      .max(1000)
      .refine((ids) => new Set(ids).size === ids.length, 'Each once')
      .nullable()
      .default(null)
      .meta({
        description: 'These, in this order; all that the rest of the filter leaves where left out.',
        example: ['BLR-014', 'BLR-015'],
      }),
    model: z.string().min(1).max(100).nullable().default(null).meta({ example: 'MX-EV-22' }),
    site_id: z.string().min(1).max(48).nullable().default(null).meta({ example: 'BLR-IND' }),
    label: z.string().min(1).max(100).nullable().default(null),
    firmware_version: z.string().min(1).max(50).nullable().default(null).meta({
      description: 'Those that run this now.',
      example: '4.2.1',
    }),
  })
  .meta({ id: 'CampaignTargets' });
export type Targets = z.output<typeof Targets>;

const Wave = z.union([
  z.object({ percent: z.int().min(1).max(100) }).strict(),
  z.object({ count: z.int().min(1).max(1_000_000) }).strict(),
]);

/** The rules of a campaign, of which some may be changed while it runs. */
export const rules = {
  window: Window.nullable().default(null).meta({ description: 'At any time where left out.' }),
  only_when_idle: z.boolean().default(true).meta({
    description: 'A charger with a session, or a car plugged in to charge, is waited for.',
  }),
  max_concurrent: z.int().min(1).max(1000).default(50).meta({
    description: 'Updates under way at once, at most.',
  }),
  auto_pause: z
    .object({
      failure_percent: z.int().min(1).max(100),
      min_samples: z.int().min(1).max(10_000).default(5),
    })
    .nullable()
    .default({ failure_percent: 20, min_samples: 5 })
    .meta({
      description: 'Pauses when so many of the updates that ended, since it last began, failed.',
    }),
};

export const NewCampaign = z
  .object({
    name: z.string().min(1).max(200).meta({ example: 'MX-EV-22 to 4.3.0' }),
    firmware_image_id: z.string().min(1).max(40),
    targets: Targets,
    waves: z
      .array(Wave)
      .min(1)
      .max(20)
      .default([{ percent: 100 }])
      .meta({
        description: 'Shares of the targets, one after another; the last takes what is left.',
        example: [{ count: 5 }, { percent: 25 }, { percent: 100 }],
      }),
    ...rules,
    patience_hours: z.int().min(1).max(720).default(72).meta({
      description: 'A charger out of reach, or never idle, holds its wave up for so long at most.',
    }),
    start_at: z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text).toISOString())
      .nullable()
      .default(null)
      .meta({ description: 'Not before then; at once where left out.' }),
  })
  .meta({ id: 'NewFirmwareCampaign' });
export type NewCampaign = z.output<typeof NewCampaign>;

/** A campaign as it lies in its row. How far it is stands in the counts beside it. */
export const StoredCampaign = z.object({
  id: z.string(),
  ...NewCampaign.shape,
  start_at: z.iso.datetime().nullable().default(null),
  version: z.string(),
  status: CampaignStatus,
  pause_reason: z.enum(['by_user', 'failure_rate']).nullable().default(null),
  current_wave: z.int().default(0),
  wave_began_at: z.string().nullable().default(null),
  started_at: z.string().nullable().default(null),
  ended_at: z.string().nullable().default(null),
  requested_by: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
  resource_version: z.int(),
  /** The sites its maker was restricted to. */
  site_ids: z.array(z.string()).nullable(),
  /** The public base URL by which it was made: chargers fetch the file there. */
  base: z.string(),
  /** What is known of its targets while they are looked for; null once they are. */
  search: z.object({ cursor: z.string().nullable(), found: z.int() }).nullable(),
  /** How many targets each wave has; empty until all are known. */
  wave_sizes: z.array(z.int()).default([]),
  /** The time zones of its chargers. */
  zones: z.array(z.string()).default([]),
  /** Whose turn it is: only a task of this number may do anything. */
  turn: z.int().default(0),
  /** Where among the waiting the next look begins. */
  scan_from: z.int().default(0),
  /** What counted against the failure limit before it was last resumed. */
  forgiven: z.object({ installed: z.int(), failed: z.int() }).default({ installed: 0, failed: 0 }),
});
export type StoredCampaign = z.infer<typeof StoredCampaign>;

export const hasEnded = ({ status }: Pick<StoredCampaign, 'status'>): boolean =>
  status === 'completed' || status === 'canceled';

export async function findCampaign(ctx: Context, id: string): Promise<StoredCampaign | undefined> {
  const item = await ctx.table.get(keys.campaign(ctx.tenantId, id));
  return item && StoredCampaign.parse(item);
}

/** Throws not_found, also for one that reaches beyond the caller's sites. */
export async function getCampaign(ctx: Context, id: string): Promise<StoredCampaign> {
  const campaign = await findCampaign(ctx, id);
  if (!campaign || !maySee(ctx, campaign)) throw notFound('Campaign');
  return campaign;
}

export function maySee(ctx: Context, { site_ids }: StoredCampaign): boolean {
  const allowed = allowedSites(ctx);
  return !allowed || (site_ids?.every((site) => allowed.includes(site)) ?? false);
}

export const campaignItem = (ctx: Context, campaign: StoredCampaign): Item => ({
  ...campaign,
  ...keys.campaign(ctx.tenantId, campaign.id),
  ...keys.campaigns(ctx.tenantId, campaign.id),
});
