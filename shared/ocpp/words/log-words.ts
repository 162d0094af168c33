import type { Outcome } from '#shared/commands/settle-command.ts';
import { UploadLogInput } from '#shared/diagnostics/log-command.ts';
import type { LogReport } from '#shared/diagnostics/record-log-status.ts';

/** What chargers of all versions tell of an upload. */
export const logReports = {
  Idle: 'idle',
  Uploading: 'uploading',
  Uploaded: 'uploaded',
  UploadFailed: 'upload_failed',
  UploadFailure: 'upload_failed',
  BadMessage: 'bad_message',
  NotSupportedOperation: 'not_supported',
  PermissionDenied: 'permission_denied',
  AcceptedCanceled: 'canceled',
} as const satisfies Record<string, LogReport>;

/** By then a request has ended by its own deadline, repeats included. */
const UPLOADED_WITHIN_S = 86_400;

/** The charger agreed: its notifications, or the file, will tell the rest. */
export const uploadBegins = (fileName: string | undefined): Outcome => ({
  status: 'accepted',
  outcome: 'accepted',
  followUpSeconds: UPLOADED_WITHIN_S,
  data: { file_name: fileName ?? null },
});

const kinds = { diagnostics: 'DiagnosticsLog', security: 'SecurityLog' } as const;

/** GetLog, which 2.0.1 and the security extension of 1.6 have in common. */
export function getLogRequest(input: unknown) {
  const { kind, location, oldest_at, latest_at, request_number, ...again } =
    UploadLogInput.parse(input);
  return {
    logType: kinds[kind],
    requestId: request_number,
    ...retriesOf(again),
    log: {
      remoteLocation: location,
      ...(oldest_at === undefined ? {} : { oldestTimestamp: oldest_at }),
      ...(latest_at === undefined ? {} : { latestTimestamp: latest_at }),
    },
  };
}

export const retriesOf = ({
  retries,
  retry_interval_seconds,
}: Pick<UploadLogInput, 'retries' | 'retry_interval_seconds'>) => ({
  ...(retries === undefined ? {} : { retries }),
  ...(retry_interval_seconds === undefined ? {} : { retryInterval: retry_interval_seconds }),
});

export function getLogOutcome({
  status,
  filename,
}: {
  status: 'Accepted' | 'AcceptedCanceled' | 'Rejected';
  filename?: string | undefined;
}): Outcome {
  if (status !== 'Rejected') return uploadBegins(filename);
  return { status: 'rejected', outcome: 'rejected', reason: 'The charger answered Rejected.' };
}
