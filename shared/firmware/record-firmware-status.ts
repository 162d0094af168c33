import { findCharger } from '#shared/chargers/charger-view.ts';
import { findByRequestNumber } from '#shared/commands/request-number.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { changeUpdate } from '#shared/firmware/change-update.ts';
import {
  type FirmwareUpdateStatus,
  findUpdate,
  type StoredUpdate,
  updateTold,
} from '#shared/firmware/firmware-update.ts';
import { type FirmwareReport, statusAfter } from '#shared/firmware/update-progress.ts';

const REPORTS_KEPT = 20;

export interface FirmwareNews {
  readonly report: FirmwareReport;
  /** The request it is about, where the charger says so. */
  readonly requestNumber?: number | undefined;
}

/** A charger told how an update goes. What cannot be about any update of ours is logged and left. */
export async function recordFirmwareStatus(
  ctx: Context,
  chargerId: string,
  news: FirmwareNews,
): Promise<void> {
  const { update, isNamed } = await updateMeant(ctx, chargerId, news.requestNumber);
  if (!update) {
    ctx.log.info('Firmware news about no update of ours', { charger: chargerId, ...news });
    return;
  }
  const charger = await findCharger(ctx, chargerId);
  const evidence = { isNamed, runs: charger?.firmware_version ?? null };
  await changeUpdate(ctx, update.id, (before) => {
    const status = statusAfter(before, news.report, evidence);
    const isRepeat = before.reports.at(-1)?.report === news.report;
    if (!status && isRepeat) return undefined;
    return {
      reports: [...before.reports, { at: isoNow(ctx), report: news.report }].slice(-REPORTS_KEPT),
      ...(status ? { status, failure: failureOf(status, news.report) } : {}),
    };
  });
}

/** Zero and less is how chargers spell "no number". */
async function updateMeant(
  ctx: Context,
  chargerId: string,
  number: number | undefined,
): Promise<{ update: StoredUpdate | undefined; isNamed: boolean }> {
  if (number === undefined || number <= 0)
    return { update: await updateTold(ctx, chargerId), isNamed: false };
  const command = await findByRequestNumber(ctx, chargerId, number);
  const serves = command?.serves;
  const isOurs = serves?.kind === 'firmware_update';
  return { update: isOurs ? await findUpdate(ctx, serves.id) : undefined, isNamed: true };
}

const STAGES: Partial<Record<FirmwareUpdateStatus, 'download' | 'signature' | 'install'>> = {
  download_failed: 'download',
  signature_invalid: 'signature',
  install_failed: 'install',
};

function failureOf(status: FirmwareUpdateStatus, reason: FirmwareReport): StoredUpdate['failure'] {
  const stage = STAGES[status];
  return stage ? { stage, reason } : null;
}
