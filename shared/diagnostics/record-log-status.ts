import { findByRequestNumber } from '#shared/commands/request-number.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { changeDiagnostics } from '#shared/diagnostics/change-diagnostics.ts';
import {
  findDiagnostics,
  hasEnded,
  lastDiagnostics,
  type StoredDiagnostics,
} from '#shared/diagnostics/diagnostics.ts';
import { DIAGNOSTICS } from '#shared/diagnostics/log-command.ts';
import { LookAfterDiagnostics } from '#shared/diagnostics/tasks.ts';
import { dueTask } from '#shared/events/task.ts';

/** What a charger tells of a log, whatever it speaks. */
export type LogReport =
  | 'idle'
  | 'uploading'
  | 'uploaded'
  | 'upload_failed'
  | 'bad_message'
  | 'not_supported'
  | 'permission_denied'
  | 'canceled';

/** Some chargers say so before their last byte is out: their file is looked for once more, and again. */
export const COMES_WITHIN_S = 360;
const LOOKED_FOR_S = [0, 60, COMES_WITHIN_S];

export interface LogNews {
  readonly report: LogReport;
  /** The request it is about, where the charger says so. */
  readonly requestNumber?: number | undefined;
}

/**
 * A charger told how an upload goes. That it is through is believed when the file is there, whatever was
 * told before; anything else changes nothing that has ended.
 */
export async function recordLogStatus(
  ctx: Context,
  chargerId: string,
  { report, requestNumber }: LogNews,
): Promise<void> {
  const meant = await requestMeant(ctx, chargerId, requestNumber);
  if (!meant) {
    ctx.log.info('News of a log we did not ask for', { charger: chargerId, report, requestNumber });
    return;
  }
  await changeDiagnostics(ctx, meant.id, (before) => {
    const { id: diagnostics_id, status, upload_url } = before;
    if (report === 'idle' || status === 'uploaded' || status === 'canceled') return undefined;
    if (report === 'uploaded') {
      if (upload_url) return { status: 'uploaded', failure_reason: null };
      const tasks = LOOKED_FOR_S.map((seconds) =>
        dueTask(ctx, LookAfterDiagnostics, { diagnostics_id }, plusSeconds(isoNow(ctx), seconds)),
      );
      const told_at = before.told_at ?? isoNow(ctx);
      return { ...(hasEnded(status) ? {} : { status: 'uploading' }), told_at, tasks };
    }
    if (hasEnded(status)) return undefined;
    if (report === 'uploading') return status === 'uploading' ? undefined : { status: 'uploading' };
    // Before the charger has agreed, a failure can only be that of the request before.
    if (status === 'requested' && !isNumber(requestNumber)) return undefined;
    return { status: 'failed', failure_reason: report };
  });
}

/** Zero and less is how chargers spell "no number". */
const isNumber = (number: number | undefined): number is number =>
  number !== undefined && number > 0;

async function requestMeant(
  ctx: Context,
  chargerId: string,
  number: number | undefined,
): Promise<StoredDiagnostics | undefined> {
  if (!isNumber(number)) return lastDiagnostics(ctx, chargerId);
  const serves = (await findByRequestNumber(ctx, chargerId, number))?.serves;
  return serves?.kind === DIAGNOSTICS ? findDiagnostics(ctx, serves.id) : undefined;
}
