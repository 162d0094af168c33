import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

const Status = z.enum(['running', 'stopping', 'stopped', 'completed']);

/** How many commands of a batch ended how. */
export const Tally = z.object({
  ended: z.int().default(0),
  parked_ended: z.int().default(0),
  completed: z.int().default(0),
  rejected: z.int().default(0),
  failed: z.int().default(0),
  timed_out: z.int().default(0),
  canceled: z.int().default(0),
  expired: z.int().default(0),
});
export type Tally = z.infer<typeof Tally>;

/** A batch as it lies in its row: what it is, and how far it has come. */
export const StoredBatch = z.object({
  id: z.string(),
  type: z.string(),
  input: z.record(z.string(), z.unknown()),
  status: Status,
  total: z.int(),
  /** Whose turn is next, in the list of its chargers. */
  next: z.int(),
  /** How many were away when it was their turn. */
  parked: z.int(),
  concurrency: z.int(),
  max_failures: z.int().nullable(),
  max_failure_percent: z.number().nullable(),
  expires_in_seconds: z.int().nullable(),
  requested_by: z.string().nullable(),
  /** The sites whoever asked for it is restricted to. */
  site_ids: z.array(z.string()).nullable(),
  livemode: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
  completed_at: z.string().nullable(),
  version: z.int(),
});
export type StoredBatch = z.infer<typeof StoredBatch>;

/** A batch as the API shows it. */
export const CommandBatch = z
  .object({
    id: z.string().meta({ example: 'cba_01JWA3QH3M9K2V7T5C8X0N4B6R' }),
    type: z.string().meta({ example: 'reset' }),
    status: Status.meta({
      description: '`stopping`, `stopped`: more failed than may; what was not sent is canceled.',
    }),
    total: z.int().meta({ description: 'Chargers.' }),
    by_status: z
      .object({
        waiting: z.int().meta({ description: 'Whose turn has not come.' }),
        running: z.int().meta({ description: 'Queued, sent or accepted.' }),
        ...Tally.omit({ ended: true, parked_ended: true }).shape,
      })
      .meta({ description: 'How many commands stand how.' }),
    concurrency: z.int(),
    max_failures: z.int().nullable(),
    max_failure_percent: z.number().nullable(),
    requested_by: z.string().nullable(),
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    completed_at: z.iso.datetime().nullable(),
    resource_version: z.int(),
  })
  .meta({ id: 'CommandBatch', description: 'One command to many chargers.' });
export type CommandBatch = z.infer<typeof CommandBatch>;

const KEPT_DAYS = 90;
export const batchTtl = ({ created_at }: Pick<StoredBatch, 'created_at'>): number =>
  Math.floor(Date.parse(created_at) / 1000) + KEPT_DAYS * 86_400;

export const batchItem = (ctx: Context, batch: StoredBatch): Item => ({
  ...batch,
  ...keys.commandBatch(ctx.tenantId, batch.id),
  ttl: batchTtl(batch),
});

export async function findBatch(ctx: Context, id: string): Promise<StoredBatch | undefined> {
  const item = await ctx.table.get(keys.commandBatch(ctx.tenantId, id));
  return item && StoredBatch.parse(item);
}

export async function readTally(ctx: Context, id: string): Promise<Tally> {
  return Tally.parse((await ctx.table.get(keys.commandBatchTally(ctx.tenantId, id))) ?? {});
}

/** The batch as it stands. Throws not_found, also where its chargers may be out of the caller's reach. */
export async function getBatch(ctx: Context, id: string): Promise<CommandBatch> {
  const batch = await findBatch(ctx, id);
  if (!batch || !mayRead(ctx, batch)) throw notFound('Command batch');
  return batchView(batch, await readTally(ctx, id));
}

/** Whoever is restricted to sites sees the batches of those who are restricted to some of the same. */
function mayRead(ctx: Context, { site_ids }: StoredBatch): boolean {
  const sites = allowedSites(ctx);
  return !sites || (site_ids?.every((site) => sites.includes(site)) ?? false);
}

export function batchView(batch: StoredBatch, tally: Tally): CommandBatch {
  const { ended, parked_ended: _, ...byStatus } = tally;
  const { version, next, total } = batch;
  const running = Math.max(0, next - ended);
  return CommandBatch.parse({
    ...batch,
    by_status: { waiting: total - next, running, ...byStatus },
    resource_version: version,
  });
}
