import type { ChargerState } from '#simulator/charger-state.ts';
import type { LogJob, LogStatus } from '#simulator/logs/log-job.ts';
import { logText } from '#simulator/logs/log-text.ts';
import { keep } from '#simulator/store.ts';
import type { Turn } from '#simulator/turn.ts';

const UPLOAD_PATIENCE_MS = 300_000;

type NewLog = Pick<
  LogJob,
  'requestId' | 'kind' | 'url' | 'from' | 'to' | 'retriesLeft' | 'retryMs'
>;

/** Begins to upload a log, in the place of one under way [2.0.1 N01.FR.12]. Gives the file's name. */
export function uploadLog(
  turn: Turn,
  wanted: NewLog,
): { status: 'Accepted' | 'AcceptedCanceled'; fileName: string } {
  const { state, now } = turn;
  const before = state.store.log;
  const fileName = `${state.spec.identity.replace(/[^\w.-]/g, '_')}-${wanted.kind}-${now}.log`;
  if (before) turn.dialect.notices.log(turn, before, 'AcceptedCanceled');
  keep(state, { log: { ...wanted, fileName, phase: 'waiting', dueAt: now } });
  return { status: before ? 'AcceptedCanceled' : 'Accepted', fileName };
}

export function tendLog(turn: Turn): void {
  const { state, now } = turn;
  const job = state.store.log;
  if (!job || job.dueAt > now) return;
  if (job.phase === 'uploading') {
    failed(turn, job, 'UploadFailure');
    return;
  }
  keep(state, { log: { ...job, phase: 'uploading', dueAt: now + UPLOAD_PATIENCE_MS } });
  turn.dialect.notices.log(turn, job, 'Uploading');
  const { url, fileName } = job;
  turn.outputs.push({ type: 'upload', url, fileName, body: logText(turn, job) });
}

export type UploadOutcome = 'stored' | 'refused' | 'failed' | 'unsupported';

export function logUploaded(turn: Turn, outcome: UploadOutcome): void {
  const job = turn.state.store.log;
  if (job?.phase !== 'uploading') return;
  if (outcome === 'stored') {
    end(turn, job, 'Uploaded');
    return;
  }
  if (outcome === 'unsupported') {
    end(turn, job, 'NotSupportedOperation');
    return;
  }
  failed(turn, job, outcome === 'refused' ? 'PermissionDenied' : 'UploadFailure');
}

function failed(turn: Turn, job: LogJob, status: LogStatus): void {
  if (job.retriesLeft <= 0) {
    end(turn, job, status);
    return;
  }
  const { retriesLeft, retryMs } = job;
  const dueAt = turn.now + retryMs;
  keep(turn.state, { log: { ...job, phase: 'waiting', retriesLeft: retriesLeft - 1, dueAt } });
}

function end(turn: Turn, job: LogJob, status: LogStatus): void {
  turn.dialect.notices.log(turn, job, status);
  keep(turn.state, { log: null });
}

export const logDueAt = ({ store }: ChargerState): number =>
  store.log?.dueAt ?? Number.POSITIVE_INFINITY;
