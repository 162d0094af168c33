import * as z from 'zod';

export const LogKind = z.enum(['diagnostics', 'security']).meta({
  id: 'LogKind',
  description: "`diagnostics`: what a technician needs. `security`: the charger's security log.",
});
export type LogKind = z.infer<typeof LogKind>;

/** What a charger is asked for a log by, as the command's row holds it. */
export const UploadLogInput = z.object({
  kind: LogKind,
  location: z.string(),
  oldest_at: z.string().optional(),
  latest_at: z.string().optional(),
  retries: z.int().optional(),
  retry_interval_seconds: z.int().optional(),
  request_number: z.int(),
});
export type UploadLogInput = z.infer<typeof UploadLogInput>;

export const UPLOAD_LOG = 'upload_log';
/** What a command of this type serves. */
export const DIAGNOSTICS = 'diagnostics';
