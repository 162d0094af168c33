import { getWholeCharger } from '#shared/chargers/charger-view.ts';
import type { Command } from '#shared/commands/command.ts';
import { beginPlan, type PlanSpec } from '#shared/commands/plan.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { chooseAction } from '#shared/ocpp/choose-action.ts';
import { dispatchNow, vocabularyOf } from '#shared/ocpp/requests/request-command.ts';

interface AskedPlan {
  readonly chargerId: string;
  readonly expiresInSeconds?: number | undefined;
}

/**
 * Begins a command of several calls, and sends the first if it can go now. Throws not_found,
 * charger_not_registered, capability_not_supported (of the first call).
 */
export async function requestPlan(
  ctx: Context,
  spec: PlanSpec,
  { chargerId, expiresInSeconds }: AskedPlan,
): Promise<Command> {
  const whole = await getWholeCharger(ctx, chargerId);
  const { type, input, numbered } = spec.first;
  const action = chooseAction(whole.charger, await vocabularyOf(whole), type, input);
  // What cannot be said in the charger's version is refused now, not when its turn comes.
  action.toRequest(numbered ? { ...input, request_number: 1 } : input);
  const { id } = await beginPlan(ctx, spec, {
    chargerId,
    ...(expiresInSeconds === undefined ? {} : { expiresInSeconds }),
  });
  await dispatchNow(ctx, chargerId);
  return getCommand(ctx, id);
}
