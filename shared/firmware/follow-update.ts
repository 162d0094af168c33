import { findCharger } from '#shared/chargers/charger-view.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import { ANSWER_WITHIN_S } from '#shared/commands/next-command.ts';
import { commandTasks, newCommand } from '#shared/commands/queue-command.ts';
import { newRequestNumber } from '#shared/commands/request-number.ts';
import type { Context } from '#shared/core/context.ts';
import { commit } from '#shared/events/commit.ts';
import { changedUpdate, changeUpdate } from '#shared/firmware/change-update.ts';
import { findUpdate, hasEnded, type StoredUpdate } from '#shared/firmware/firmware-update.ts';
import { FIRMWARE_UPDATE, UpdateFirmwareInput } from '#shared/firmware/update-command.ts';

type Failure = NonNullable<StoredUpdate['failure']>;
type Fields = Pick<StoredUpdate, 'status' | 'failure' | 'signed'>;

/** Hears what became of the command that begins an update. */
export async function firmwareUpdateFollowed(ctx: Context, command: StoredCommand): Promise<void> {
  const update = command.serves && (await findUpdate(ctx, command.serves.id));
  // A command of before: another went out in its place.
  if (!update || update.command_id !== command.id || hasEnded(update.status)) return;
  if (await lacksSignedUpdates(ctx, command)) return sendUnsigned(ctx, update, command);
  if (command.status === 'accepted' && update.overtakes) await giveWay(ctx, update.overtakes);
  await changeUpdate(ctx, update.id, (before) => {
    if (before.command_id !== command.id || hasEnded(before.status)) return undefined;
    return outcomeFor(before, command);
  });
}

/** The charger has agreed to another instead. */
const giveWay = (ctx: Context, id: string) =>
  changeUpdate(ctx, id, ({ status }) =>
    hasEnded(status)
      ? undefined
      : { status: 'canceled', failure: { stage: 'request', reason: 'overtaken' } },
  );

/** What a command's state makes of its update; undefined where it tells nothing new. */
function outcomeFor(before: StoredUpdate, command: StoredCommand): Partial<Fields> | undefined {
  const { status, result } = command;
  const word = result?.outcome ?? status;
  const failed = (next: Fields['status'], failure: Failure) => ({ status: next, failure });
  switch (status) {
    case 'accepted':
      return before.status === 'scheduled'
        ? { status: 'sent', signed: isSigned(command) }
        : undefined;
    case 'rejected':
      return word.endsWith('_certificate')
        ? failed('signature_invalid', { stage: 'signature', reason: word })
        : failed('rejected', { stage: 'request', reason: word });
    case 'expired':
    case 'canceled':
      return failed('canceled', { stage: 'request', reason: status });
    case 'timed_out':
      return word === 'no_follow_up'
        ? failed('timed_out', { stage: 'download', reason: word })
        : maybeSent(before);
    case 'failed':
      return word === 'connection_lost'
        ? maybeSent(before)
        : failed('rejected', { stage: 'request', reason: word });
    default:
      return undefined;
  }
}

/** It went out and was not answered, in {@link ANSWER_WITHIN_S} seconds or at all: its reports will tell. */
const maybeSent = ({ status }: StoredUpdate): Partial<Fields> | undefined =>
  status === 'scheduled' ? { status: 'sent' } : undefined;

/** The action that carried it out tells, where the version has one of each kind. */
function isSigned({ result, input }: StoredCommand): boolean {
  const told = result?.data;
  if (told && typeof told === 'object' && 'signed' in told) return told.signed === true;
  return UpdateFirmwareInput.parse(input).signature !== undefined;
}

/** It was asked for a signed update, failed, and by now is known for not knowing those. */
async function lacksSignedUpdates(
  ctx: Context,
  { status, charger_id, input }: StoredCommand,
): Promise<boolean> {
  if (status !== 'failed' || !UpdateFirmwareInput.parse(input).signature) return false;
  return (await findCharger(ctx, charger_id))?.abilities['signed_firmware'] === false;
}

/** The charger knows no signed updates: it is asked again, as it can be. */
async function sendUnsigned(
  ctx: Context,
  update: StoredUpdate,
  { charger_id, input, expires_at }: StoredCommand,
): Promise<void> {
  const { signature, signing_certificate, ...rest } = UpdateFirmwareInput.parse(input);
  const requestNumber = await newRequestNumber(ctx, charger_id);
  const left = Math.ceil((Date.parse(expires_at) - ctx.now().getTime()) / 1000);
  const { command, writes } = newCommand(ctx, {
    type: 'update_firmware',
    chargerId: charger_id,
    input: { ...rest, request_number: requestNumber },
    serves: { kind: FIRMWARE_UPDATE, id: update.id },
    requestNumber,
    expiresInSeconds: Math.max(left, ANSWER_WITHIN_S),
  });
  const changed = changedUpdate(ctx, update, { command_id: command.id, signed: false });
  await commit(ctx, {
    aggregate: {
      kind: 'firmware_update',
      id: update.id,
      version: changed.update.resource_version,
    },
    writes: [...changed.writes, ...writes],
    events: changed.events,
    tasks: [...changed.tasks, ...commandTasks(ctx, command)],
  });
}
