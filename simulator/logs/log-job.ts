import * as z from 'zod';

/** The upload of a log under way. */
export const LogJob = z.object({
  requestId: z.int().nullable(),
  kind: z.enum(['diagnostics', 'security']),
  url: z.string(),
  fileName: z.string(),
  from: z.number().nullable(),
  to: z.number().nullable(),
  retriesLeft: z.int(),
  retryMs: z.number(),
  phase: z.enum(['waiting', 'uploading']),
  dueAt: z.number(),
});
export type LogJob = z.infer<typeof LogJob>;

export type LogStatus =
  | 'Idle'
  | 'Uploading'
  | 'Uploaded'
  | 'UploadFailure'
  | 'PermissionDenied'
  | 'NotSupportedOperation'
  | 'AcceptedCanceled';

export const SecurityEvent = z.object({
  at: z.number(),
  type: z.string(),
  info: z.string().nullable(),
});
export type SecurityEvent = z.infer<typeof SecurityEvent>;
