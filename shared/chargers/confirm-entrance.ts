import { activateCertificate } from '#shared/certificates/settle-certificate.ts';
import { Charger } from '#shared/chargers/charger.ts';
import type { Entrance } from '#shared/chargers/entrance.ts';
import { type CredentialNews, newsOf } from '#shared/chargers/entrance-news.ts';
import { saveCredentials } from '#shared/chargers/save-credentials.ts';
import { FinishProfileMove } from '#shared/chargers/tasks.ts';
import type { Context } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { keys } from '#shared/db/keys.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';

/**
 * A charger has come in: what it came by is what it has. A password it shows replaces those before it, a
 * certificate it shows is installed, the profile it was asked to move to is its own.
 */
export async function confirmEntrance(
  ctx: Context,
  chargerId: string,
  entrance: Entrance,
): Promise<void> {
  if (entrance.profile === 3 && entrance.secret)
    await activateCertificate(ctx, { charger_id: chargerId, id: entrance.secret });
  await retrying(async () => {
    const item = await ctx.table.get(keys.charger(ctx.tenantId, chargerId));
    const before = item && Charger.parse(item);
    const changes = before && newsOf(before, entrance);
    if (!before || !changes) return;
    await saveCredentials(ctx, before, changes, {
      told: true,
      tasks: tasksOf(ctx, before, changes),
    });
  });
}

function tasksOf(ctx: Context, { moving }: Charger, { moving: left }: CredentialNews): DueTask[] {
  if (!moving || left !== null) return [];
  return [dueTask(ctx, FinishProfileMove, { command_id: moving.command_id })];
}
