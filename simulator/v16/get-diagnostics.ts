import * as z from 'zod';
import { uploadLog } from '#simulator/logs/upload-log.ts';
import { answer } from '#simulator/rpc/answer.ts';

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const Retries = { retries: z.int().nonnegative().optional(), retryInterval: z.int().optional() };
const RETRY_SECONDS = 30;

const GetDiagnostics = z.object({
  location: z.string(),
  startTime: Instant.optional(),
  stopTime: Instant.optional(),
  ...Retries,
});

export const getDiagnostics = answer(GetDiagnostics, (turn, request) => {
  const { fileName } = uploadLog(turn, {
    requestId: null,
    kind: 'diagnostics',
    url: request.location,
    from: request.startTime ?? null,
    to: request.stopTime ?? null,
    retriesLeft: request.retries ?? 0,
    retryMs: (request.retryInterval ?? RETRY_SECONDS) * 1000,
  });
  return { fileName };
});
