import { getWholeCharger } from '#shared/chargers/charger-view.ts';
import type { Command } from '#shared/commands/command.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { type NewDiagnostics, planDiagnostics } from '#shared/diagnostics/plan-diagnostics.ts';
import { commit } from '#shared/events/commit.ts';
import { chooseAction } from '#shared/ocpp/choose-action.ts';
import { dispatchNow, vocabularyOf } from '#shared/ocpp/requests/request-command.ts';

/**
 * Asks a charger to upload a log; a request still under way gives way to it. Throws not_found,
 * charger_not_registered, capability_not_supported.
 */
export async function requestDiagnostics(
  ctx: Context,
  chargerId: string,
  asked: NewDiagnostics,
): Promise<Command & { diagnostics_id: string }> {
  const whole = await getWholeCharger(ctx, chargerId);
  const words = await vocabularyOf(whole);
  const { diagnostics, command } = await retrying(async () => {
    const planned = await planDiagnostics(ctx, whole.charger, asked);
    const { type, input } = planned.command;
    chooseAction(whole.charger, words, type, input).toRequest(input);
    const { id, resource_version: version } = planned.diagnostics;
    await commit(ctx, { aggregate: { kind: 'diagnostics', id, version }, ...planned });
    return planned;
  });
  await dispatchNow(ctx, chargerId);
  return { ...(await getCommand(ctx, command.id)), diagnostics_id: diagnostics.id };
}
