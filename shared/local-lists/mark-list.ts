import type { StoredCommand } from '#shared/commands/command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { dueTask } from '#shared/events/task.ts';
import { LocalListSynced } from '#shared/local-lists/events.ts';
import { findLocalList, type LocalList, listWrite } from '#shared/local-lists/local-list.ts';
import type { SyncNotes } from '#shared/local-lists/sync-notes.ts';
import { RefreshLocalLists } from '#shared/local-lists/tasks.ts';

type Sync = Pick<StoredCommand, 'id' | 'charger_id'>;

/** From now on nobody knows what the charger has, until the sync is through. */
export const markSending = (ctx: Context, sync: Sync): Promise<void> =>
  change(ctx, sync, { edition: null, version: null });

/** It came to nothing: the list is to be brought up to date when there is reason to hope. */
export const markBrokenOff = (
  ctx: Context,
  sync: Sync,
  { last_version }: Pick<SyncNotes, 'last_version'>,
): Promise<void> => change(ctx, sync, { outdated: true, last_version });

async function change(
  ctx: Context,
  { id, charger_id }: Sync,
  changes: Partial<LocalList>,
): Promise<void> {
  await retrying(async () => {
    const before = await findLocalList(ctx, charger_id);
    if (before?.command_id !== id) return;
    await ctx.table.write([listWrite(ctx, before, changes)]);
  });
}

/**
 * The charger has the whole edition. Told once. What changed meanwhile is compared again.
 */
export async function markSynced(ctx: Context, sync: Sync, notes: SyncNotes): Promise<void> {
  const { charger_id } = sync;
  await retrying(async () => {
    const before = await findLocalList(ctx, charger_id);
    if (before?.command_id !== sync.id) return;
    const isTold = before.edition === notes.to && before.version === notes.version;
    if (isTold && before.synced_at !== null && notes.sent > 0) return;
    const synced_at = isoNow(ctx);
    const { version, entries, left_out, sent } = notes;
    const mode = notes.mode ?? notes.wanted;
    const resource_version = before.resource_version + 1;
    const list = { version, entries, left_out, synced_at };
    const last_version = Math.max(notes.last_version, version);
    await commit(ctx, {
      aggregate: { kind: 'local_list', id: charger_id, version: resource_version },
      writes: [
        listWrite(ctx, before, { ...list, edition: notes.to, last_version, outdated: false }),
      ],
      events: [
        eventOf(ctx, LocalListSynced, {
          id: charger_id,
          version: resource_version,
          scope: { charger_id },
          object: { ...list, charger_id, mode, sent, livemode: ctx.livemode, resource_version },
        }),
      ],
      tasks: before.outdated
        ? [dueTask(ctx, RefreshLocalLists, { charger_ids: [charger_id] })]
        : [],
    });
  });
}
