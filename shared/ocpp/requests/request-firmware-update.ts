import type { Charger } from '#shared/chargers/charger.ts';
import { getWholeCharger } from '#shared/chargers/charger-view.ts';
import type { Command } from '#shared/commands/command.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { commit } from '#shared/events/commit.ts';
import { requireReadyImage } from '#shared/firmware/firmware-image.ts';
import { lastUpdate } from '#shared/firmware/firmware-update.ts';
import { misfitOf } from '#shared/firmware/fits-charger.ts';
import { latestStart, type NewFirmwareUpdate } from '#shared/firmware/new-update.ts';
import { type FirmwareSource, planUpdate } from '#shared/firmware/plan-update.ts';
import { chooseAction } from '#shared/ocpp/choose-action.ts';
import { dispatchNow, vocabularyOf } from '#shared/ocpp/requests/request-command.ts';

/**
 * Begins the update of one charger; one still under way gives way to it. Throws not_found,
 * charger_not_registered, validation_failed, conflict (the file is not there yet),
 * capability_not_supported.
 */
export async function requestFirmwareUpdate(
  ctx: Context,
  chargerId: string,
  asked: NewFirmwareUpdate,
): Promise<Command & { firmware_update_id: string }> {
  checkTimes(ctx, asked);
  const whole = await getWholeCharger(ctx, chargerId);
  const words = await vocabularyOf(whole);
  const source = await sourceOf(ctx, whole.charger, asked);
  const { update, command } = await retrying(async () => {
    const how = {
      charger: whole.charger,
      source,
      startAt: asked.start_at,
      installAt: asked.install_at,
      retries: asked.retries,
      retryIntervalSeconds: asked.retry_interval_seconds,
      expiresInSeconds: asked.expires_in_seconds,
    };
    const planned = await planUpdate(ctx, how, await lastUpdate(ctx, chargerId));
    const { type, input } = planned.command;
    // What cannot be said in the charger's version is refused now, not when its turn comes.
    chooseAction(whole.charger, words, type, input).toRequest(input);
    const { id, resource_version: version } = planned.update;
    await commit(ctx, { aggregate: { kind: 'firmware_update', id, version }, ...planned });
    return planned;
  });
  await dispatchNow(ctx, chargerId);
  return { ...(await getCommand(ctx, command.id)), firmware_update_id: update.id };
}

async function sourceOf(
  ctx: Context,
  charger: Charger,
  { firmware_image_id, url, version, signature, signing_certificate }: NewFirmwareUpdate,
): Promise<FirmwareSource> {
  if (url !== null) return { url, version, signature, signing_certificate };
  const image = await requireReadyImage(ctx, firmware_image_id ?? '');
  const misfit = misfitOf(image, charger);
  if (!misfit) return { image };
  throw refused('firmware_image_id', misfit, 'The image is not for this charger.');
}

function checkTimes(ctx: Context, { start_at, install_at }: NewFirmwareUpdate): void {
  for (const [field, at] of Object.entries({ start_at, install_at })) {
    if (at === null) continue;
    if (at > latestStart(ctx.now())) throw refused(field, 'too_late', 'At most 7 days ahead.');
    if (at < isoNow(ctx)) throw refused(field, 'in_the_past', 'That time is over.');
  }
  if (start_at && install_at && install_at < start_at)
    throw refused('install_at', 'before_start', 'It installs after it has fetched.');
}

const refused = (field: string, code: string, message: string) =>
  new AppError('validation_failed', message, { errors: [{ field, code, message }] });
