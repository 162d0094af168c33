import type { Context } from '#shared/core/context.ts';
import { changeUpdate } from '#shared/firmware/change-update.ts';
import { hasEnded, updateTold } from '#shared/firmware/firmware-update.ts';
import { provesInstalled } from '#shared/firmware/update-progress.ts';

/**
 * A charger has started and told what it runs. Where that is what an update was to bring, the update is
 * done, though nobody said so: many chargers forget it over the restart.
 */
export async function finishUpdateOnBoot(
  ctx: Context,
  chargerId: string,
  runs: string | null,
): Promise<void> {
  const update = await updateTold(ctx, chargerId);
  if (!update) return;
  await changeUpdate(ctx, update.id, (before) => {
    const { status, version } = before;
    if (['scheduled', 'installed', 'canceled', 'rejected'].includes(status)) return undefined;
    // What has failed is overturned by the very version alone.
    if (hasEnded(status) && version === null) return undefined;
    return provesInstalled(before, runs) ? { status: 'installed', failure: null } : undefined;
  });
}
