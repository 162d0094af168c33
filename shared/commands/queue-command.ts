import { StoredCommand } from '#shared/commands/command.ts';
import { DispatchCommands, ExpireCommand } from '#shared/commands/tasks.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Item, Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';

export interface NewCommand {
  /** `start_session`, `stop_session`, `reset`, … or `raw`. */
  readonly type: string;
  readonly chargerId: string;
  readonly connector?: number | null;
  readonly input: Readonly<Record<string, unknown>>;
  readonly sessionId?: string;
  /** The thing it is sent for; its follower in shared/catalogue/command-followers.ts hears of it. */
  readonly serves?: { readonly kind: string; readonly id: string } | undefined;
  /** The batch it belongs to. */
  readonly batchId?: string | undefined;
  /** Its charger was away when its batch came to it: it holds up no other. */
  readonly parked?: boolean;
  /** The command of several calls that it is one call of; it is then in no list and makes no events. */
  readonly partOf?: string | undefined;
  /** From `newRequestNumber`, where the charger will name the request in later messages. */
  readonly requestNumber?: number | undefined;
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
    serves: asked.serves ?? null,
    request_number: asked.requestNumber ?? null,
    batch_id: asked.batchId ?? null,
    parked: asked.parked ?? false,
    part_of: asked.partOf ?? null,
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
      ...numbered(ctx, command),
    ],
  };
}

function numbered(
  ctx: Context,
  { id, charger_id, request_number, created_at }: StoredCommand,
): Write[] {
  if (request_number === null) return [];
  const key = keys.numberedRequest(ctx.tenantId, charger_id, request_number);
  return [
    { op: 'put', when: 'absent', item: { ...key, command_id: id, ttl: keptUntil(created_at) } },
  ];
}

/** To be committed with a command: it is sent as soon as it can go, and ends when it never could. */
export const commandTasks = (
  ctx: Context,
  { id, charger_id, expires_at }: StoredCommand,
): DueTask[] => [
  dueTask(ctx, DispatchCommands, { charger_id }),
  dueTask(ctx, ExpireCommand, { command_id: id }, expires_at),
];

const expirySeconds = ({ type }: NewCommand) =>
  type === 'stop_session' ? STOP_EXPIRES_S : EXPIRES_S;

export const queueKey = (ctx: Context, { charger_id, priority, id }: StoredCommand) =>
  keys.queued(ctx.tenantId, charger_id, priority, id);

export const commandItem = (ctx: Context, command: StoredCommand): Item => ({
  ...command,
  ...keys.command(ctx.tenantId, command.id),
  ...(command.part_of ? {} : keys.commandsOf(ctx.tenantId, command.charger_id, command.id)),
  ...(command.batch_id ? keys.commandsOfBatch(ctx.tenantId, command.batch_id, command.id) : {}),
  ttl: keptUntil(command.created_at),
});

const keptUntil = (createdAt: string) =>
  Math.floor(Date.parse(createdAt) / 1000) + KEPT_DAYS * 86_400;
