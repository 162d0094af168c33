import { StoredCommand } from '#shared/commands/command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Item, Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';

export interface NewCommand {
  /** `start_session`, `stop_session`, `reset`, … or `raw`. */
  readonly type: string;
  readonly chargerId: string;
  readonly connector?: number | null;
  readonly input: Readonly<Record<string, unknown>>;
  readonly sessionId?: string;
  /** Not sent after this; where left out, 120 seconds, and 7 days for a stop. */
  readonly expiresInSeconds?: number;
}

/** Stops, resets and unlocks overtake what else is queued. */
const URGENT = ['stop_session', 'reset', 'unlock_connector'];
const EXPIRES_S = 120;
/** A stop is money: it waits for a charger that is offline, or lost at that moment, to come back. */
const STOP_EXPIRES_S = 7 * 86_400;
const KEPT_DAYS = 90;

/** A command and the rows that queue it, for the transaction of whoever asks for it. */
export function newCommand(
  ctx: Context,
  asked: NewCommand,
): { command: StoredCommand; writes: Write[] } {
  const at = isoNow(ctx);
  const command = StoredCommand.parse({
    id: ctx.newId('cmd'),
    type: asked.type,
    charger_id: asked.chargerId,
    connector: asked.connector ?? null,
    status: 'queued',
    requested_by: 'id' in ctx.actor ? ctx.actor.id : null,
    queued_at: at,
    expires_at: plusSeconds(at, asked.expiresInSeconds ?? expirySeconds(asked)),
    session_id: asked.sessionId ?? null,
    input: asked.input,
    priority: URGENT.includes(asked.type) ? 0 : 5,
    livemode: ctx.livemode,
    created_at: at,
    updated_at: at,
    resource_version: 1,
  });
  return {
    command,
    writes: [
      { op: 'put', item: commandItem(ctx, command), when: 'absent' },
      { op: 'put', item: { ...queueKey(ctx, command), command_id: command.id } },
    ],
  };
}

const expirySeconds = ({ type }: NewCommand) =>
  type === 'stop_session' ? STOP_EXPIRES_S : EXPIRES_S;

export const queueKey = (ctx: Context, { charger_id, priority, id }: StoredCommand) =>
  keys.queued(ctx.tenantId, charger_id, priority, id);

export const commandItem = (ctx: Context, command: StoredCommand): Item => ({
  ...command,
  ...keys.command(ctx.tenantId, command.id),
  ...keys.commandsOf(ctx.tenantId, command.charger_id, command.id),
  ttl: Math.floor(Date.parse(command.created_at) / 1000) + KEPT_DAYS * 86_400,
});
