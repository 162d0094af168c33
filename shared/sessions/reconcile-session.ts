import { getCharger } from '#shared/chargers/charger-view.ts';
import type { Command, StoredCommand } from '#shared/commands/command.ts';
import { commandTasks, newCommand } from '#shared/commands/queue-command.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { commit } from '#shared/events/commit.ts';
import { endCharging } from '#shared/sessions/end-charging.ts';
import type { LiveSession } from '#shared/sessions/session.ts';
import { findSession, getSession } from '#shared/sessions/session-view.ts';

/**
 * Asks the charger what became of a session that seems stuck: of its transaction (2.0.1), or for the
 * status of its connector (1.6). Throws not_found, session_not_active.
 */
export async function reconcileSession(ctx: Context, id: string): Promise<Command> {
  const { session, live } = await getSession(ctx, id);
  requireActive(live);
  const charger = await getCharger(ctx, session.charger_id);
  const { connector } = session;
  const question =
    charger.ocpp_version === '1.6'
      ? {
          type: 'trigger_message',
          input: { message: 'status', ...(connector ? { connector } : {}) },
        }
      : { type: 'check_transaction', input: { transaction_id: live.transaction_id } };
  const { command, writes } = newCommand(ctx, {
    ...question,
    chargerId: charger.id,
    connector: connector || null,
    sessionId: id,
    serves: { kind: 'session_truth', id },
  });
  await commit(ctx, {
    aggregate: { kind: 'command', id: command.id, version: command.resource_version },
    writes,
    tasks: commandTasks(ctx, command),
  });
  return getCommand(ctx, command.id);
}

/**
 * The charger has said what it knows. A transaction that is over, and of which nothing more will come,
 * has ended at its last reading: its end was lost.
 */
export async function truthTold(ctx: Context, { type, serves, result, status }: StoredCommand) {
  const over = status === 'completed' && result?.outcome === 'finished';
  if (type !== 'check_transaction' || !serves || !over) return;
  const whole = await findSession(ctx, serves.id);
  if (!whole) return;
  const { session, live } = whole;
  await endCharging(ctx, session.id, {
    at: live.meter_at ?? live.charging_started_at ?? session.started_at,
    meterStopWh: live.meter_wh,
    reason: live.stop_reason ?? 'other',
    flags: ['end_assumed'],
  });
}

/** What a person states of the end of a session whose charger does not. */
export interface StatedEnd {
  readonly meterStopWh: number;
  /** The last reading's where left out. */
  readonly endedAt?: string | undefined;
}

/**
 * Closes a session with a reading somebody has taken. Throws not_found, session_not_active,
 * validation_failed (a reading below the last one, a time before the start or in the future).
 */
export async function forceEnd(ctx: Context, id: string, stated: StatedEnd): Promise<void> {
  const { session, live } = await getSession(ctx, id);
  requireActive(live);
  const began = live.charging_started_at ?? session.started_at;
  const at = stated.endedAt ?? live.meter_at ?? began;
  const last = Math.max(live.meter_wh ?? 0, live.meter_start_wh ?? 0);
  if (stated.meterStopWh < last)
    throw wrong('meter_stop_kwh', 'too_small', `The meter has already shown ${last / 1000} kWh.`);
  if (at < began) throw wrong('ended_at', 'too_small', `The session began at ${began}.`);
  if (Date.parse(at) > ctx.now().getTime())
    throw wrong('ended_at', 'too_big', 'It lies in the future.');
  const { meterStopWh } = stated;
  await endCharging(ctx, id, { at, meterStopWh, reason: 'forced', flags: ['end_stated'] });
}

function requireActive({ status }: LiveSession): void {
  if (status === 'charging' || status === 'suspended' || status === 'stopping') return;
  throw new AppError('session_not_active', `The session is ${status}.`);
}

const wrong = (name: string, code: string, message: string) =>
  new AppError('validation_failed', message, {
    errors: [{ field: `force.${name}`, code, message }],
  });
