import * as z from 'zod';
import { Charger } from '#shared/chargers/charger.ts';
import { slotsSetting } from '#shared/chargers/credential-settings.ts';
import { NetworkProfile } from '#shared/chargers/network-profile.ts';
import { saveCredentials } from '#shared/chargers/save-credentials.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import type { Next, Script } from '#shared/commands/plan.ts';
import type { Outcome } from '#shared/commands/settle-command.ts';
import { ItemOutcome } from '#shared/configuration/item-results.ts';
import { Told } from '#shared/configuration/variable.ts';
import type { Context } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { keys } from '#shared/db/keys.ts';

const Input = NetworkProfile.pick({ security_profile: true, url: true, interface: true });
type Input = z.infer<typeof Input>;
/** The slots in use, as the charger told them: `1` or `1,2`. */
const Notes = z.object({ slots: z.array(z.int()).default([]) });

const Written = z.object({ results: z.tuple([z.object({ outcome: ItemOutcome })]) });
const Read = z.object({ told: z.array(Told) });

/** Whoever restarts when it is idle may take a day. */
const COMES_WITHIN_S = 24 * 3600;

/**
 * What comes after each call of a move. OCPP 1.6: the setting, and a restart where the charger wants one.
 * 2.0.1 (A05): which slots are in use, a profile into a free one, that one preferred, a restart. Then it
 * is for the charger to come.
 */
export const moveProfileScript: Script = async (ctx, command, step): Promise<Next> => {
  const input = Input.parse(command.input);
  const { slots } = Notes.parse(command.plan?.notes);
  switch (step.type) {
    case 'read_configuration':
      return afterReading(input, step);
    case 'set_network_profile':
      return step.status === 'completed' ? prefer(slots) : ended(ctx, command, step);
    case 'write_configuration':
      return afterWriting(ctx, command, step);
    default:
      // It was told to restart. If it will not, it moves when it next does.
      return { outcome: agreed };
  }
};

const agreed: Outcome = {
  status: 'accepted',
  outcome: 'accepted',
  followUpSeconds: COMES_WITHIN_S,
};

/** A charger that does not tell its slots has one. */
function afterReading(input: Input, { status, result }: StoredCommand): Next {
  const read = status === 'completed' ? Read.safeParse(result?.data).data : undefined;
  const value = read?.told[0]?.facts.value ?? '';
  const told = value.split(',').flatMap((text) => (/^\s*\d+\s*$/.test(text) ? [Number(text)] : []));
  const used = told.length > 0 ? told : [1];
  const slot = [1, 2, 3, 4].find((each) => !used.includes(each)) ?? used.at(-1) ?? 1;
  const profile: NetworkProfile = { ...input, slot, message_timeout_seconds: 30 };
  const step = { type: 'set_network_profile', input: { ...profile } };
  // The one in use stays, to fall back on.
  return { step, notes: { slots: [slot, ...used.filter((each) => each !== slot)] } };
}

function prefer(slots: readonly number[]): Next {
  const items = [{ ...slotsSetting, value: slots.join(',') }];
  return { step: { type: 'write_configuration', input: { items } } };
}

async function afterWriting(
  ctx: Context,
  command: StoredCommand,
  step: StoredCommand,
): Promise<Next> {
  const written = Written.safeParse(step.result?.data).data?.results[0].outcome;
  if (step.status !== 'completed') return ended(ctx, command, step);
  const { slots } = Notes.parse(command.plan?.notes);
  if (written === 'reboot_required' || (written === 'accepted' && slots.length > 0))
    return { step: { type: 'reset', input: { type: 'soft' } } };
  if (written === 'accepted') return { outcome: agreed };
  await forget(ctx, command);
  return { outcome: { status: 'rejected', outcome: written ?? 'rejected' } };
}

/** A call came to nothing. Said no: the charger stays as it is. Not known: it may come either way. */
async function ended(ctx: Context, command: StoredCommand, step: StoredCommand): Promise<Next> {
  const { status, result } = step;
  const { outcome = status, reason = null } = result ?? {};
  if (status === 'rejected') await forget(ctx, command);
  const end = status === 'queued' || status === 'sent' ? 'failed' : status;
  return { outcome: { status: end, outcome, reason } };
}

/** The charger will not move; unless it was asked for another move meanwhile. */
async function forget(ctx: Context, { id, charger_id }: StoredCommand): Promise<void> {
  await retrying(async () => {
    const item = await ctx.table.get(keys.charger(ctx.tenantId, charger_id));
    const charger = item && Charger.parse(item);
    if (charger?.moving?.command_id === id) await saveCredentials(ctx, charger, { moving: null });
  });
}
