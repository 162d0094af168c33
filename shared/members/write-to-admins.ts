import type { Context } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { commit } from '#shared/events/commit.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { mailTasks } from '#shared/mail/mail-task.ts';
import { allMembers, type Member } from '#shared/members/member.ts';
import type { Warning } from '#shared/members/warnings.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

/** All of them lie in one row on their way. */
const AT_MOST = 50;
const USEFUL_S = 5 * 86_400;

/** Writes to owners and admins of what an event means to them, once for each event. */
export async function writeToAdmins(
  ctx: Context,
  event: EventEnvelope,
  { siteIds, letter }: Warning,
): Promise<void> {
  const admins = (await allMembers(ctx)).filter(
    (member) => isAdmin(member) && reaches(member, siteIds),
  );
  if (admins.length === 0 || !ctx.mail.isOn) return;
  const { name } = await getOrganization(ctx);
  const usefulUntil = plusSeconds(event.created_at, USEFUL_S);
  const said = letter(name);
  const letters = admins
    .slice(0, AT_MOST)
    .map(({ email }) => mailTasks(ctx, { ...said, to: email }, { usefulUntil }));
  try {
    await commit(ctx, {
      aggregate: { kind: 'warning', id: event.id, version: 1 },
      writes: [],
      tasks: (await Promise.all(letters)).flat(),
    });
  } catch (error) {
    // The same event, once more.
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

const isAdmin = ({ role, status }: Member) =>
  status === 'active' && (role === 'owner' || role === 'admin');

/** An admin of some sites hears of what concerns no others. */
const reaches = ({ site_ids: own }: Member, sites: readonly string[] | null): boolean =>
  own === null || (sites?.every((id) => own.includes(id)) ?? false);
