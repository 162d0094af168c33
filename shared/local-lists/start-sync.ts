import { requireCapability } from '#shared/chargers/capabilities.ts';
import type { Charger, OcppVersion } from '#shared/chargers/charger.ts';
import { getWholeCharger } from '#shared/chargers/charger-view.ts';
import { type Command, commandView, isTerminal } from '#shared/commands/command.ts';
import { newPlan } from '#shared/commands/plan.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError, conflict } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { allTokens } from '#shared/local-lists/all-tokens.ts';
import { storeChange, storeEdition } from '#shared/local-lists/edition.ts';
import { entriesFor } from '#shared/local-lists/entries-for.ts';
import type { ListEntry } from '#shared/local-lists/list-entry.ts';
import { listLimits } from '#shared/local-lists/list-limits.ts';
import { findLocalList, LocalList, listWrite } from '#shared/local-lists/local-list.ts';
import { askVersion, SYNC, SyncNotes } from '#shared/local-lists/sync-notes.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { findSite } from '#shared/sites/site.ts';
import type { Token } from '#shared/tokens/token.ts';

export interface AskedSync {
  readonly chargerId: string;
  /** Differences where that is possible; `full` sends everything. */
  readonly mode?: 'full' | 'differential' | undefined;
  readonly expiresInSeconds: number;
}

/**
 * Begins to bring a charger's list up to date; one that is under way is joined. Send its first call with
 * `dispatchNow`. Throws not_found, charger_not_registered, capability_not_supported, and conflict where a
 * full list is asked for while differences are being sent.
 */
export async function syncLocalList(ctx: Context, asked: AskedSync): Promise<Command> {
  const { charger, connection } = await getWholeCharger(ctx, asked.chargerId);
  const version = connection?.ocpp_version ?? charger.ocpp_version;
  if (!version) throw new AppError('charger_not_registered', `${charger.id} has never connected.`);
  const speaking = { ...charger, ocpp_version: version };
  requireCapability(speaking, 'local_list');
  const wanted = await wantedList(ctx, { ...speaking }, await allTokens(ctx));
  return beginSync(ctx, asked, wanted);
}

/** What should be on a charger's list now. */
export interface WantedList {
  readonly edition: string;
  readonly entries: readonly ListEntry[];
  readonly leftOut: number;
  readonly perMessage: number;
}

export async function wantedList(
  ctx: Context,
  charger: Charger & { readonly ocpp_version: OcppVersion },
  tokens: readonly Token[],
): Promise<WantedList> {
  const [limits, site, { local_list: policy }] = await Promise.all([
    listLimits(ctx, charger.id, charger.ocpp_version),
    charger.site_id ? findSite(ctx, charger.site_id) : undefined,
    getOrganization(ctx),
  ]);
  const { entries, leftOut } = entriesFor(ctx, tokens, { ...limits, site, policy });
  const edition = await storeEdition(ctx, entries);
  return { edition, entries, leftOut, perMessage: limits.perMessage };
}

export async function beginSync(
  ctx: Context,
  { chargerId, mode, expiresInSeconds }: AskedSync,
  wanted: WantedList,
): Promise<Command> {
  return retrying(async () => {
    const before =
      (await findLocalList(ctx, chargerId)) ?? LocalList.parse({ charger_id: chargerId });
    const running = await syncUnderWay(ctx, before);
    if (running) return joined(running, mode);
    const notes = await notesOf(ctx, before, wanted, mode);
    const spec = { type: SYNC, input: { mode: notes.wanted }, first: askVersion, notes };
    const plan = await newPlan(ctx, spec, { chargerId, expiresInSeconds });
    const { command } = plan;
    const listed = { ...keys.listedCharger(ctx.tenantId, chargerId), charger_id: chargerId };
    await commit(ctx, {
      aggregate: { kind: 'command', id: command.id, version: command.resource_version },
      writes: [
        ...plan.writes,
        listWrite(ctx, before, { command_id: command.id, outdated: false }),
        { op: 'put', item: listed },
      ],
      tasks: plan.tasks,
    });
    return commandView(command);
  });
}

export async function syncUnderWay(ctx: Context, { command_id }: LocalList) {
  const command = command_id === null ? undefined : await findCommand(ctx, command_id);
  return command && !isTerminal(command.status) ? command : undefined;
}

function joined(running: Parameters<typeof commandView>[0], mode: AskedSync['mode']): Command {
  if (mode === 'full' && running.input['mode'] !== 'full')
    throw conflict(`${running.id} is sending the differences; wait for its end.`);
  return commandView(running);
}

async function notesOf(
  ctx: Context,
  { edition: from, version, last_version }: LocalList,
  { edition: to, entries, leftOut, perMessage }: WantedList,
  mode: AskedSync['mode'],
): Promise<SyncNotes> {
  const mayDiffer = mode !== 'full' && from !== null && version !== null;
  const changes = mayDiffer ? await storeChange(ctx, from, to, entries) : undefined;
  // More changes than entries: the new list is the shorter message.
  const isShorter = changes !== undefined && changes <= Math.max(entries.length, perMessage);
  return SyncNotes.parse({
    wanted: isShorter ? 'differential' : 'full',
    to,
    entries: entries.length,
    left_out: leftOut,
    from: isShorter ? from : null,
    from_version: isShorter ? version : null,
    changes: isShorter ? changes : null,
    last_version,
    per_message: perMessage,
  });
}
