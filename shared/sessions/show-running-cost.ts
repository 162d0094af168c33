import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import { findCharger } from '#shared/chargers/charger-view.ts';
import { commandTasks, newCommand } from '#shared/commands/queue-command.ts';
import type { Context } from '#shared/core/context.ts';
import { commit } from '#shared/events/commit.ts';
import { findSession } from '#shared/sessions/session-view.ts';

/** News of a cost is soon old: what cannot be sent within this is not worth sending. */
const FRESH_S = 50;

/** Lets a charger with a screen for it show what a running session costs so far. */
export async function showRunningCost(ctx: Context, sessionId: string): Promise<void> {
  const whole = await findSession(ctx, sessionId);
  if (!whole?.live.transaction_id || whole.live.ended_at !== null) return;
  const { session, live } = whole;
  const charger = await findCharger(ctx, session.charger_id);
  if (!charger || !capabilitiesOf(charger).cost_updates) return;
  const { command, writes } = newCommand(ctx, {
    type: 'update_cost',
    chargerId: session.charger_id,
    connector: session.connector || null,
    sessionId,
    input: { transaction_id: live.transaction_id, total_cost: live.total_minor / 100 },
    expiresInSeconds: FRESH_S,
  });
  await commit(ctx, {
    aggregate: { kind: 'command', id: command.id, version: command.resource_version },
    writes,
    tasks: commandTasks(ctx, command),
  });
}
