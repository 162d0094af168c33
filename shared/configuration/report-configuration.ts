import { findByRequestNumber } from '#shared/commands/request-number.ts';
import { type ReportPart, reportPart } from '#shared/configuration/report-part.ts';
import {
  forgetUnread,
  storeMonitors,
  type ToldMonitor,
} from '#shared/configuration/store-monitors.ts';
import { byCharger, storeValues } from '#shared/configuration/store-values.ts';
import type { Told } from '#shared/configuration/variable.ts';
import type { Context } from '#shared/core/context.ts';

/** A part of a report of variables: kept, whoever asked for it, and counted. */
export async function reportVariables(
  ctx: Context,
  chargerId: string,
  part: ReportPart,
  told: readonly Told[],
): Promise<void> {
  await storeValues(ctx, chargerId, told, byCharger);
  await reportPart(ctx, chargerId, part);
}

/** A part of a report of monitors. A whole report of all monitors says which are gone, too. */
export async function reportMonitors(
  ctx: Context,
  chargerId: string,
  part: ReportPart,
  told: readonly ToldMonitor[],
): Promise<void> {
  await storeMonitors(ctx, chargerId, told);
  const isWhole = await reportPart(ctx, chargerId, part);
  if (!isWhole) return;
  const asked = await findByRequestNumber(ctx, chargerId, part.request);
  if (asked?.type === 'read_monitors' && asked.sent_at)
    await forgetUnread(ctx, chargerId, asked.sent_at);
}
