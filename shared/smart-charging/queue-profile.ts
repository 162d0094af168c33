import { commandTasks, type NewCommand, newCommand } from '#shared/commands/queue-command.ts';
import type { Context } from '#shared/core/context.ts';
import { commit } from '#shared/events/commit.ts';
import type { StoredProfile } from '#shared/smart-charging/charging-profile.ts';

/** The call that gives a charger a profile. What comes of it is told by the profile's follower. */
export const profileCommand = (
  profile: StoredProfile,
  evse_id: number,
  expiresInSeconds?: number,
): NewCommand => ({
  type: 'set_charging_profile',
  chargerId: profile.charger_id,
  connector: profile.connector,
  input: { profile, evse_id },
  serves: { kind: 'charging_profile', id: profile.id },
  ...(profile.session_id ? { sessionId: profile.session_id } : {}),
  ...(expiresInSeconds === undefined ? {} : { expiresInSeconds }),
});

/** Queues calls for a charger in one transaction; the id of the first. */
export async function queueCalls(
  ctx: Context,
  asked: NewCommand,
  ...more: readonly NewCommand[]
): Promise<string> {
  const first = newCommand(ctx, asked);
  const all = [first, ...more.map((one) => newCommand(ctx, one))];
  const { id, resource_version: version } = first.command;
  await commit(ctx, {
    aggregate: { kind: 'command', id, version },
    writes: all.flatMap(({ writes }) => writes),
    tasks: all.flatMap(({ command }) => commandTasks(ctx, command)),
  });
  return id;
}
