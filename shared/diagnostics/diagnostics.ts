import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { LogKind } from '#shared/diagnostics/log-command.ts';

export const DiagnosticsStatus = z
  .enum(['requested', 'accepted', 'uploading', 'uploaded', 'failed', 'canceled'])
  .meta({ id: 'DiagnosticsStatus' });
export type DiagnosticsStatus = z.infer<typeof DiagnosticsStatus>;

/** A log asked of a charger, as it lies in its row. */
export const StoredDiagnostics = z.object({
  id: z.string().meta({ example: 'dia_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN' }),
  charger_id: z.string().meta({ example: 'BLR-014' }),
  site_id: z.string().nullable(),
  kind: LogKind,
  status: DiagnosticsStatus,
  failure_reason: z.string().nullable().default(null).meta({
    description:
      'E.g. `rejected`, `upload_failed`, `permission_denied`, `not_received`, `silent`. Open.',
  }),
  file_name: z.string().nullable().default(null).meta({
    description: 'As the charger names it; null until it does.',
  }),
  size_bytes: z.int().nullable().default(null),
  oldest_at: z.string().nullable(),
  latest_at: z.string().nullable(),
  upload_url: z.string().nullable().meta({
    description: 'Where the charger was sent instead of to us; such a file has no download link.',
  }),
  command_id: z.string(),
  requested_by: z.string().nullable(),
  completed_at: z.string().nullable().default(null),
  expires_at: z.string().meta({ description: 'The file and this object are kept until then.' }),
  created_at: z.string(),
  updated_at: z.string(),
  resource_version: z.int(),
  /** When the charger first said that its file is there. */
  told_at: z.string().nullable().default(null),
  /** Silent until then, it is over. */
  deadline_at: z.string().nullable().default(null),
});
export type StoredDiagnostics = z.infer<typeof StoredDiagnostics>;

/** The same as the API shows it. */
export const Diagnostics = StoredDiagnostics.omit({ told_at: true, deadline_at: true })
  .extend({
    download_url: z.string().nullable().meta({
      description: 'Gives the file to whoever has it, until `download_expires_at`.',
    }),
    download_expires_at: z.string().nullable(),
    livemode: z.boolean(),
  })
  .meta({ id: 'Diagnostics', description: 'A log asked of a charger, and what became of it.' });
export type Diagnostics = z.infer<typeof Diagnostics>;

/** Without a link: those are for who asks, not for events. */
export const diagnosticsView = (
  { livemode }: Pick<Context, 'livemode'>,
  stored: StoredDiagnostics,
): Diagnostics =>
  Diagnostics.parse({ ...stored, download_url: null, download_expires_at: null, livemode });

export const hasEnded = (status: DiagnosticsStatus): boolean =>
  status === 'uploaded' || status === 'failed' || status === 'canceled';

export async function findDiagnostics(
  ctx: Context,
  id: string,
): Promise<StoredDiagnostics | undefined> {
  const item = await ctx.table.get(keys.diagnostics(ctx.tenantId, id));
  return item && StoredDiagnostics.parse(item);
}

/** The newest request to a charger: what it reports without saying which is about this one. */
export async function lastDiagnostics(
  ctx: Context,
  chargerId: string,
): Promise<StoredDiagnostics | undefined> {
  const pointer = await ctx.table.get(keys.lastDiagnostics(ctx.tenantId, chargerId));
  return pointer && findDiagnostics(ctx, String(pointer['diagnostics_id']));
}

export const diagnosticsItem = (ctx: Context, diagnostics: StoredDiagnostics): Item => ({
  ...diagnostics,
  ...keys.diagnostics(ctx.tenantId, diagnostics.id),
  ...keys.diagnosticsOf(ctx.tenantId, diagnostics.charger_id, diagnostics.id),
  ttl: Math.floor(Date.parse(diagnostics.expires_at) / 1000),
});
