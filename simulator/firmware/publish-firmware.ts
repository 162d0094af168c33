import type { ChargerState } from '#simulator/charger-state.ts';
import type { PublishJob } from '#simulator/firmware/firmware-job.ts';
import { DOWNLOAD_PATIENCE_MS } from '#simulator/firmware/update-firmware.ts';
import type { DownloadedFile } from '#simulator/input.ts';
import { keep } from '#simulator/store.ts';
import type { Turn } from '#simulator/turn.ts';

type NewPublication = Pick<
  PublishJob,
  'requestId' | 'url' | 'checksum' | 'retriesLeft' | 'retryMs'
>;

/** A local controller fetches an image for the stations behind it [2.0.1 L03]. */
export function publishFirmware(turn: Turn, wanted: NewPublication): 'Accepted' | 'Rejected' {
  if (turn.state.store.publishing) return 'Rejected';
  const job: PublishJob = { ...wanted, phase: 'waiting', dueAt: turn.now, status: 'Idle' };
  keep(turn.state, { publishing: job });
  return 'Accepted';
}

function move(turn: Turn, job: PublishJob, change: Partial<PublishJob>): PublishJob {
  const moved = { ...job, ...change };
  keep(turn.state, { publishing: moved });
  if (change.status) turn.dialect.notices.publishing(turn, moved);
  return moved;
}

function end(turn: Turn, job: PublishJob, status: string): void {
  turn.dialect.notices.publishing(turn, { ...job, status });
  keep(turn.state, { publishing: null });
}

export function tendPublication(turn: Turn): void {
  const job = turn.state.store.publishing;
  if (!job || job.dueAt > turn.now) return;
  if (job.phase === 'downloading') {
    failed(turn, job);
    return;
  }
  if (job.phase === 'checked') {
    publish(turn, job);
    return;
  }
  const dueAt = turn.now + DOWNLOAD_PATIENCE_MS;
  move(turn, job, { phase: 'downloading', status: 'Downloading', dueAt });
  turn.outputs.push({
    type: 'download',
    job: 'publish',
    url: job.url,
    signingCertificate: null,
    signature: null,
  });
}

export function publicationDownloaded(turn: Turn, file: DownloadedFile | null): void {
  const job = turn.state.store.publishing;
  if (job?.phase !== 'downloading') return;
  if (!file) {
    failed(turn, job);
    return;
  }
  const downloaded = move(turn, job, { status: 'Downloaded' });
  if (file.md5 !== job.checksum.toLowerCase()) {
    end(turn, downloaded, 'InvalidChecksum');
    return;
  }
  move(turn, downloaded, {
    phase: 'checked',
    status: 'ChecksumVerified',
    dueAt: turn.now + turn.state.options.firmwareStageMs,
  });
}

function publish(turn: Turn, job: PublishJob): void {
  const others = turn.state.store.published.filter(({ checksum }) => checksum !== job.checksum);
  keep(turn.state, { published: [...others, { checksum: job.checksum, url: job.url }] });
  end(turn, job, 'Published');
}

function failed(turn: Turn, job: PublishJob): void {
  if (job.retriesLeft <= 0) {
    end(turn, job, 'DownloadFailed');
    return;
  }
  move(turn, job, {
    phase: 'waiting',
    retriesLeft: job.retriesLeft - 1,
    dueAt: turn.now + job.retryMs,
  });
}

/** Takes a published image away [2.0.1 L04]. */
export function unpublishFirmware(
  { state }: Turn,
  checksum: string,
): 'DownloadOngoing' | 'NoFirmware' | 'Unpublished' {
  const { publishing, published } = state.store;
  if (publishing?.checksum === checksum) return 'DownloadOngoing';
  const rest = published.filter((one) => one.checksum !== checksum);
  if (rest.length === published.length) return 'NoFirmware';
  keep(state, { published: rest });
  return 'Unpublished';
}

export const publicationDueAt = ({ store }: ChargerState): number =>
  store.publishing?.dueAt ?? Number.POSITIVE_INFINITY;
