import { type AuthorizationView, PREFIX } from '#shared/authorizations/authorization.ts';
import { AuthorizationAccepted, AuthorizationRejected } from '#shared/authorizations/events.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import { ConditionFailed, type Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { changeOf } from '#shared/events/event.ts';
import type { Recorded } from '#shared/events/recorded.ts';
import { type Authorization, authorize, type Shown } from '#shared/tokens/authorize.ts';
import { noteUse } from '#shared/tokens/note-use.ts';

const KEPT_DAYS = 90;
const REPEATED_WITHIN_DAYS = 2;
const LONGEST_UID = 64;

/** A token that was shown, and where. */
export interface Attempt extends Pick<Shown, 'uid' | 'connector'> {
  readonly chargerId: string;
  readonly purpose: 'present' | 'start';
  readonly sessionId?: string | undefined;
}

/** What a charger asks, and what a repeat of this very question has in common with it. */
interface Question extends Attempt, Pick<Shown, 'shownAs'> {
  readonly repeatKey: string;
}

/** Decides on a token that is shown, and keeps the decision. */
export async function decide(ctx: Context, question: Question): Promise<Authorization> {
  const authorization = await authorize(ctx, question);
  await recordAttempt(ctx, question, authorization);
  return authorization;
}

/**
 * Keeps a decision and tells of it, once however often the charger asks the same again. A driver waits
 * for the answer, so it is given even where this fails.
 */
export async function recordAttempt(
  ctx: Context,
  { repeatKey, ...attempt }: Attempt & Pick<Question, 'repeatKey'>,
  authorization: Authorization,
): Promise<void> {
  if (isOfOneSession(authorization)) return;
  const { row, event } = attemptRow(ctx, attempt, authorization);
  try {
    await commit(ctx, {
      aggregate: { kind: 'authorization', id: row.sk, version: 1 },
      writes: [{ op: 'put', item: heard(ctx, attempt, repeatKey), when: 'absent' }],
      events: [event],
      carrier: row,
    });
    await noteUse(ctx, authorization, attempt.chargerId);
  } catch (error) {
    if (error instanceof ConditionFailed) return;
    ctx.log.error('An authorization was not kept', { charger: attempt.chargerId, error });
  }
}

/** The tag of a session that was started over the API is nobody's: that start is told by the session. */
export const isOfOneSession = ({ token }: Authorization): boolean => token?.type === 'virtual';

/** The row of a decision and its event, for a transaction of its caller's. */
export function attemptRow(
  ctx: Context,
  { uid, chargerId, connector, purpose, sessionId }: Attempt,
  { verdict, token, charger }: Authorization,
): { row: Item; event: Recorded } {
  const id = ctx.newId(PREFIX);
  const at = isoNow(ctx);
  const accepted = verdict === 'accepted';
  const shown = uid.trim().slice(0, LONGEST_UID);
  const view: AuthorizationView = {
    id,
    at,
    result: accepted ? 'accepted' : 'rejected',
    reason: verdict,
    uid: shown,
    token_id: token?.id ?? null,
    token_type: token?.type ?? null,
    driver_id: token?.driver_id ?? null,
    purpose,
    charger_id: chargerId,
    connector: connector || null,
    site_id: charger?.site_id ?? null,
    session_id: sessionId ?? null,
    livemode: ctx.livemode,
    created_at: at,
    resource_version: 1,
  };
  const t = ctx.tenantId;
  return {
    row: {
      ...view,
      ...keys.authorization(t, id),
      ...keys.authorizationsAt(t, chargerId, id),
      ...keys.authorizationsOf(t, shown, id),
      ttl: inDays(ctx, KEPT_DAYS),
    },
    event: changeOf(ctx, accepted ? AuthorizationAccepted : AuthorizationRejected, {
      id,
      version: 1,
      scope: {
        charger_id: chargerId,
        site_id: view.site_id,
        ...(view.connector === null ? {} : { connector: view.connector }),
        ...(sessionId === undefined ? {} : { session_id: sessionId }),
        ...(view.driver_id === null ? {} : { driver_id: view.driver_id }),
      },
      patch: {},
    }),
  };
}

const heard = (ctx: Context, { chargerId, uid }: Attempt, repeatKey: string): Item => ({
  ...keys.heardRequest(ctx.tenantId, chargerId, sha256(`${repeatKey}|${uid}`).slice(0, 32)),
  ttl: inDays(ctx, REPEATED_WITHIN_DAYS),
});

const inDays = (ctx: Context, days: number) =>
  Math.floor(ctx.now().getTime() / 1000) + days * 86_400;
