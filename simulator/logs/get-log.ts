import * as z from 'zod';
import { uploadLog } from '#simulator/logs/upload-log.ts';
import { answer } from '#simulator/rpc/answer.ts';

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const RETRY_SECONDS = 30;

const GetLog = z.object({
  requestId: z.int(),
  logType: z.enum(['DiagnosticsLog', 'SecurityLog']),
  log: z.object({
    remoteLocation: z.string().max(512),
    oldestTimestamp: Instant.optional(),
    latestTimestamp: Instant.optional(),
  }),
  retries: z.int().nonnegative().optional(),
  retryInterval: z.int().optional(),
});

/** The same in both versions: 2.0.1's message came to 1.6 with the security extension. */
export const getLog = answer(GetLog, (turn, request) => {
  const { log, logType, requestId } = request;
  const { status, fileName } = uploadLog(turn, {
    requestId,
    kind: logType === 'SecurityLog' ? 'security' : 'diagnostics',
    url: log.remoteLocation,
    from: log.oldestTimestamp ?? null,
    to: log.latestTimestamp ?? null,
    retriesLeft: request.retries ?? 0,
    retryMs: (request.retryInterval ?? RETRY_SECONDS) * 1000,
  });
  return { status, filename: fileName };
});
