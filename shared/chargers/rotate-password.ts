import * as z from 'zod';
import { Charger } from '#shared/chargers/charger.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { passwordSetting } from '#shared/chargers/credential-settings.ts';
import { hashPassword, newPassword, type OtherPassword } from '#shared/chargers/credentials.ts';
import { saveCredentials } from '#shared/chargers/save-credentials.ts';
import { commandView, type StoredCommand } from '#shared/commands/command.ts';
import { CommandCompleted } from '#shared/commands/events.ts';
import { type Next, newPlan, type Script } from '#shared/commands/plan.ts';
import { commandItem, newCommand } from '#shared/commands/queue-command.ts';
import { sealSecret } from '#shared/commands/secret-input.ts';
import type { Outcome } from '#shared/commands/settle-command.ts';
import { ItemOutcome } from '#shared/configuration/item-results.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { eventOf } from '#shared/events/event.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';

export interface AskedRotation {
  readonly chargerId: string;
  /** A new one is made where left out. */
  readonly password?: string | undefined;
  /** By a call to the charger, or by somebody who types it in. */
  readonly delivery: 'charger' | 'by_hand';
  readonly expiresInSeconds?: number | undefined;
}

/** What was handed out and never seen may be in the charger; beyond so many, the oldest is forgotten. */
const REMEMBERED = 8;
/** After the charger's yes the password before is good for this long, unless the new one is seen earlier. */
const GRACE_S = 24 * 3600;

/**
 * Gives a charger a new password. From here on either opens the door, until the charger shows the new one
 * or refuses it. The password itself is in the answer and in the sealed call, and nowhere else.
 */
export async function rotatePassword(
  ctx: Context,
  asked: AskedRotation,
): Promise<{ command: StoredCommand; password: string }> {
  const password = asked.password ?? newPassword();
  return retrying(async () => {
    const charger = await getCharger(ctx, asked.chargerId);
    const id = ctx.newId('pwd');
    const rotation = await (asked.delivery === 'charger' ? sent : issued)(ctx, charger, {
      ...asked,
      password,
      id,
    });
    const offered: OtherPassword = {
      id,
      ...hashPassword(password),
      state: 'offered',
      until: null,
    };
    const now = isoNow(ctx);
    const good = charger.other_passwords.filter(({ until }) => until === null || until > now);
    const others = [...good, offered].slice(-REMEMBERED);
    await saveCredentials(ctx, charger, { other_passwords: others }, rotation);
    return { command: rotation.command, password };
  });
}

interface Rotation {
  readonly command: StoredCommand;
  readonly writes: readonly Write[];
  readonly tasks?: readonly DueTask[];
  readonly events?: readonly Recorded[];
}
type New = AskedRotation & { readonly password: string; readonly id: string };

/** The call that carries the password to the charger. */
async function sent(ctx: Context, charger: Charger, asked: New): Promise<Rotation> {
  if (charger.ocpp_version === null)
    throw new AppError(
      'charger_not_registered',
      `${charger.id} has never connected: set its password by hand.`,
    );
  const { chargerId, password, id, expiresInSeconds } = asked;
  const ref = passwordSetting(charger.ocpp_version, password);
  const value = await sealSecret(ctx, chargerId, password);
  return newPlan(
    ctx,
    {
      type: 'rotate_credentials',
      input: { password_id: id },
      first: { type: 'write_configuration', input: { items: [{ ...ref, value }] } },
      notes: {},
    },
    { chargerId, ...(expiresInSeconds === undefined ? {} : { expiresInSeconds }) },
  );
}

/** Nothing is sent: the command says that it was done, and is done. */
async function issued(ctx: Context, charger: Charger, asked: New): Promise<Rotation> {
  passwordSetting(charger.ocpp_version, asked.password);
  const { chargerId, id } = asked;
  const input = { password_id: id };
  const { command: queued } = newCommand(ctx, { type: 'rotate_credentials', chargerId, input });
  const command: StoredCommand = {
    ...queued,
    status: 'completed',
    completed_at: queued.queued_at,
    result: { outcome: 'issued', reason: null, data: null },
  };
  const scope = { charger_id: chargerId, site_id: charger.site_id };
  const object = commandView(command);
  const about = { id: command.id, version: command.resource_version, scope, object };
  return {
    command,
    writes: [{ op: 'put', item: commandItem(ctx, command), when: 'absent' }],
    events: [eventOf(ctx, CommandCompleted, about)],
  };
}

const Input = z.object({ password_id: z.string() });
const Answered = z.object({ results: z.tuple([z.object({ outcome: ItemOutcome })]) });

/** The charger was told its new password: it took it, or did not, or nobody knows. */
export const rotationScript: Script = async (ctx, command, step): Promise<Next> => {
  const { password_id: id } = Input.parse(command.input);
  const outcome = outcomeOf(step);
  if (outcome === 'accepted' || outcome === 'reboot_required') {
    // One that must restart first still shows the old one until it does.
    const until = outcome === 'accepted' ? plusSeconds(isoNow(ctx), GRACE_S) : null;
    await changePasswords(ctx, command.charger_id, id, (charger, taken) => ({
      password: { salt: taken.salt, hash: taken.hash },
      other_passwords: [
        ...charger.other_passwords.filter((other) => other.id !== id),
        ...(charger.password ? [former(ctx, charger.password, until)] : []),
      ],
    }));
    return { outcome: { status: 'completed', outcome } };
  }
  if (outcome === undefined) return { outcome: unknown(step) };
  await changePasswords(ctx, command.charger_id, id, (charger) => ({
    other_passwords: charger.other_passwords.filter((other) => other.id !== id),
  }));
  return { outcome: { status: 'rejected', outcome, reason: step.result?.reason ?? null } };
};

/** What the charger said; undefined where it may have taken the password all the same. */
function outcomeOf({ status, result }: StoredCommand): string | undefined {
  const answered = Answered.safeParse(result?.data);
  if (status === 'completed') return answered.data?.results[0].outcome;
  // Never sent: its version has no words for it, or its boot is not accepted.
  return status === 'rejected' ? (result?.outcome ?? 'rejected') : undefined;
}

const EITHER = 'Whether the charger has the new password is not known: either opens the door.';

const unknown = ({ status, result }: StoredCommand): Outcome => ({
  status:
    status === 'expired' || status === 'canceled' || status === 'timed_out' ? status : 'failed',
  outcome: result?.outcome ?? status,
  reason: EITHER,
});

const former = (
  ctx: Context,
  password: NonNullable<Charger['password']>,
  until: string | null,
): OtherPassword => ({ ...password, id: ctx.newId('pwd'), state: 'former', until });

/** Changes a charger's passwords, unless this one is no longer among them: it was seen to before. */
async function changePasswords(
  ctx: Context,
  chargerId: string,
  id: string,
  change: (charger: Charger, offered: OtherPassword) => Partial<Charger>,
): Promise<void> {
  await retrying(async () => {
    const item = await ctx.table.get(keys.charger(ctx.tenantId, chargerId));
    const charger = item && Charger.parse(item);
    const offered = charger?.other_passwords.find((other) => other.id === id);
    if (charger && offered) await saveCredentials(ctx, charger, change(charger, offered));
  });
}
