import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

export const FirmwareUpdateStatus = z
  .enum([
    'scheduled',
    'sent',
    'downloading',
    'downloaded',
    'installing',
    'rebooting',
    'installed',
    'download_failed',
    'install_failed',
    'signature_invalid',
    'rejected',
    'timed_out',
    'canceled',
  ])
  .meta({
    id: 'FirmwareUpdateStatus',
    description:
      '`scheduled`: not yet agreed to by the charger. `rejected`: it would not begin. `timed_out`: it fell silent. The others are as the charger told.',
  });
export type FirmwareUpdateStatus = z.infer<typeof FirmwareUpdateStatus>;

/** One charger's update, as the API shows it. */
export const FirmwareUpdate = z
  .object({
    id: z.string().meta({ example: 'fwu_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN' }),
    charger_id: z.string().meta({ example: 'BLR-014' }),
    site_id: z.string().nullable(),
    campaign_id: z.string().nullable(),
    firmware_image_id: z.string().nullable(),
    url: z.string().nullable().meta({ description: 'Where the file lies, if not with us.' }),
    version: z.string().nullable().meta({ description: 'What it should have afterwards.' }),
    previous_version: z.string().nullable().meta({ description: 'What it had before.' }),
    signed: z.boolean().nullable().meta({
      description: 'Whether the charger checks a signature; null until it has agreed.',
    }),
    status: FirmwareUpdateStatus,
    failure: z
      .object({
        stage: z.enum(['request', 'download', 'signature', 'install']),
        reason: z.string(),
      })
      .nullable(),
    command_id: z.string(),
    start_at: z.string().nullable(),
    install_at: z.string().nullable(),
    started_at: z.string().nullable().meta({ description: 'When download or install began.' }),
    ended_at: z.string().nullable(),
    reports: z
      .array(z.object({ at: z.string(), report: z.string() }))
      .meta({ description: 'What the charger told, the last twenty.' }),
    requested_by: z.string().nullable(),
    livemode: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
    resource_version: z.int(),
  })
  .meta({ id: 'FirmwareUpdate', description: 'The update of one charger, and how far it is.' });
export type FirmwareUpdate = z.infer<typeof FirmwareUpdate>;

/** An update as it lies in its row. */
export const StoredUpdate = FirmwareUpdate.extend({
  /** Its place among the targets of its campaign. */
  position: z.int().nullable().default(null),
  /** The update that was under way when this one was asked for; it gives way when the charger agrees. */
  overtakes: z.string().nullable().default(null),
  /** Silent until then, it is over. */
  deadline_at: z.string().nullable().default(null),
});
export type StoredUpdate = z.infer<typeof StoredUpdate>;

export const updateView = (stored: StoredUpdate): FirmwareUpdate => FirmwareUpdate.parse(stored);

const FAILED = ['download_failed', 'install_failed', 'signature_invalid', 'rejected', 'timed_out'];
export const hasFailed = (status: FirmwareUpdateStatus): boolean => FAILED.includes(status);
export const hasEnded = (status: FirmwareUpdateStatus): boolean =>
  hasFailed(status) || status === 'installed' || status === 'canceled';

export async function findUpdate(ctx: Context, id: string): Promise<StoredUpdate | undefined> {
  const item = await ctx.table.get(keys.firmwareUpdate(ctx.tenantId, id));
  return item && StoredUpdate.parse(item);
}

/** Asked for, and not agreed to. */
const NOT_AGREED: readonly FirmwareUpdateStatus[] = ['scheduled', 'rejected', 'canceled'];

/**
 * The update that a charger's news without a number are about: the newest, or where it has not agreed to
 * that, the one that goes on meanwhile.
 */
export async function updateTold(
  ctx: Context,
  chargerId: string,
): Promise<StoredUpdate | undefined> {
  const last = await lastUpdate(ctx, chargerId);
  if (!last?.overtakes || !NOT_AGREED.includes(last.status)) return last;
  const older = await findUpdate(ctx, last.overtakes);
  return older && !hasEnded(older.status) ? older : last;
}

/** The newest update of a charger. */
export async function lastUpdate(
  ctx: Context,
  chargerId: string,
): Promise<StoredUpdate | undefined> {
  const pointer = await ctx.table.get(keys.lastFirmwareUpdate(ctx.tenantId, chargerId));
  return pointer && findUpdate(ctx, String(pointer['update_id']));
}

/** The same of many chargers, by charger. */
export async function lastUpdates(
  ctx: Context,
  chargerIds: readonly string[],
): Promise<ReadonlyMap<string, StoredUpdate>> {
  const t = ctx.tenantId;
  const pointers = await ctx.table.batchGet(chargerIds.map((id) => keys.lastFirmwareUpdate(t, id)));
  const ids = pointers.flatMap((row) => (row ? [String(row['update_id'])] : []));
  const rows = await ctx.table.batchGet(ids.map((id) => keys.firmwareUpdate(t, id)));
  const updates = rows.flatMap((row) => (row ? [StoredUpdate.parse(row)] : []));
  return new Map(updates.map((update) => [update.charger_id, update]));
}

export const updateItem = (ctx: Context, update: StoredUpdate): Item => ({
  ...update,
  ...keys.firmwareUpdate(ctx.tenantId, update.id),
  ...keys.firmwareUpdatesOf(ctx.tenantId, update.charger_id, update.id),
  ...keys.firmwareUpdates(ctx.tenantId, update.id),
});
