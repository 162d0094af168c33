import * as z from 'zod';
import { learnAbilities } from '#shared/chargers/learn-abilities.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import type { Next, Script } from '#shared/commands/plan.ts';
import type { Outcome } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { readItems } from '#shared/local-lists/edition.ts';
import { markBrokenOff, markSending, markSynced } from '#shared/local-lists/mark-list.ts';
import { ASK_VERSION, askVersion, SEND, SyncNotes } from '#shared/local-lists/sync-notes.ts';

/** After so many refusals a charger is given up; so often nothing is heard of it. */
const REFUSALS_AT_MOST = 2;
const LOSSES_AT_MOST = 4;
const FEWEST_PER_MESSAGE = 5;

const Told = z.object({ version: z.int() });

/**
 * How a sync goes on. The charger tells its version first: only to the one we believe it has do
 * differences fit. Then come the entries, each message with a version of its own, so that after a
 * message that was lost its version tells whether it arrived. A charger that refuses gets the whole list.
 */
export const syncScript: Script = async (ctx, command, step) => {
  const notes = SyncNotes.parse(command.plan?.notes);
  if (step.status === 'completed')
    return step.type === ASK_VERSION
      ? versionTold(ctx, command, notes, Told.parse(step.result?.data).version)
      : arrived(ctx, command, notes);
  if (cannot(step)) return notSupported(ctx, command, step);
  if (isLost(step)) return lost(ctx, command, step, notes);
  const isOver = step.status === 'expired' || step.status === 'canceled' || neverSent(step);
  return isOver ? brokenOff(ctx, command, step) : refused(ctx, command, step, notes);
};

const isLost = ({ status, result }: StoredCommand) =>
  status === 'timed_out' || (status === 'failed' && result?.outcome === 'connection_lost');
const neverSent = ({ ocpp }: StoredCommand) => ocpp === null;

/** It says so, by its version, its answer or its error. */
const cannot = ({ result, ocpp }: StoredCommand) =>
  result?.outcome === 'not_supported' ||
  ocpp?.error?.code === 'NotSupported' ||
  ocpp?.error?.code === 'NotImplemented';

async function versionTold(
  ctx: Context,
  command: StoredCommand,
  notes: SyncNotes,
  told: number,
): Promise<Next> {
  const last_version = Math.max(notes.last_version, told);
  if (notes.mode === null) return begin(ctx, command, { ...notes, last_version }, told);
  // A message was lost, or its answer was.
  if (told === notes.version) return arrived(ctx, command, notes);
  const isFirst = notes.position === 0;
  const isAsBefore = isFirst
    ? notes.mode === 'full' || told === notes.from_version
    : told === notes.version - 1;
  if (isAsBefore) return send(ctx, command, { ...notes, version: notes.version - 1 });
  return begin(ctx, command, { ...notes, last_version, wanted: 'full', mode: null }, told);
}

async function begin(
  ctx: Context,
  command: StoredCommand,
  notes: SyncNotes,
  told: number,
): Promise<Next> {
  const fits = notes.wanted === 'differential' && told > 0 && told === notes.from_version;
  const mode = fits ? 'differential' : 'full';
  const first = { ...notes, mode, position: 0, version: notes.last_version } as const;
  if (fits && notes.changes === 0) return synced(ctx, command, { ...first, version: told });
  await markSending(ctx, command);
  return send(ctx, command, first);
}

/** The next message; `notes.version` is that of the one before. */
async function send(ctx: Context, command: StoredCommand, notes: SyncNotes): Promise<Next> {
  const { mode, position, per_message, to } = notes;
  const from = mode === 'differential' ? notes.from : null;
  const items = await readItems(ctx, { from, to }, position, per_message);
  if (!items) return giveUp(ctx, command, gone);
  const version = notes.version + 1;
  // The list begins anew with the first message of a full one; the others add to it.
  const kind = mode === 'full' && position === 0 ? 'full' : 'differential';
  return {
    step: { type: SEND, input: { mode: kind, version, items } },
    notes: {
      ...notes,
      version,
      under_way: items.length,
      last_version: Math.max(notes.last_version, version),
    },
  };
}

async function arrived(ctx: Context, command: StoredCommand, notes: SyncNotes): Promise<Next> {
  const position = notes.position + notes.under_way;
  const total = (notes.mode === 'full' ? notes.entries : notes.changes) ?? 0;
  const next = { ...notes, position, sent: notes.sent + notes.under_way, losses: 0 };
  return position < total ? send(ctx, command, next) : synced(ctx, command, next);
}

async function synced(ctx: Context, command: StoredCommand, notes: SyncNotes): Promise<Next> {
  await markSynced(ctx, command, notes);
  const { mode, version, entries, left_out, sent } = notes;
  const data = { mode, version, entries, left_out, sent };
  return { outcome: { status: 'completed', outcome: 'synced', reason: null, data } };
}

/** Its version will tell whether the message arrived. */
async function lost(
  ctx: Context,
  command: StoredCommand,
  step: StoredCommand,
  notes: SyncNotes,
): Promise<Next> {
  const losses = notes.losses + 1;
  if (losses > LOSSES_AT_MOST) return brokenOff(ctx, command, step);
  return { step: askVersion, notes: { ...notes, losses } };
}

/** It would not have the differences, or so many at once: it gets the whole list (gotcha 30). */
async function refused(
  ctx: Context,
  command: StoredCommand,
  step: StoredCommand,
  notes: SyncNotes,
): Promise<Next> {
  const refusals = notes.refusals + 1;
  if (refusals > REFUSALS_AT_MOST) return brokenOff(ctx, command, step);
  const isTooMany = step.result?.outcome !== 'version_mismatch';
  const half = Math.max(FEWEST_PER_MESSAGE, Math.floor(notes.per_message / 2));
  return {
    step: askVersion,
    notes: {
      ...notes,
      wanted: 'full',
      mode: null,
      refusals,
      per_message: isTooMany ? Math.min(half, notes.per_message) : notes.per_message,
    },
  };
}

async function notSupported(ctx: Context, command: StoredCommand, step: StoredCommand) {
  await learnAbilities(ctx, command.charger_id, { local_list: false });
  const reason = step.result?.reason ?? 'The charger keeps no list.';
  return giveUp(ctx, command, { status: 'rejected', outcome: 'not_supported', reason });
}

/** It ends as its last call did. */
function brokenOff(ctx: Context, command: StoredCommand, { status, result }: StoredCommand) {
  const isEnd = status !== 'queued' && status !== 'sent';
  return giveUp(ctx, command, {
    status: isEnd ? status : 'failed',
    outcome: result?.outcome ?? 'failed',
    reason: result?.reason ?? null,
  });
}

async function giveUp(ctx: Context, command: StoredCommand, outcome: Outcome): Promise<Next> {
  await markBrokenOff(ctx, command, SyncNotes.parse(command.plan?.notes));
  return { outcome };
}

const gone: Outcome = {
  status: 'failed',
  outcome: 'outdated',
  reason: 'It took so long that the list is no longer stored. Sync again.',
};
