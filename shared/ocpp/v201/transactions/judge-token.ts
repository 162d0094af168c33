import { recordAttempt } from '#shared/authorizations/record-attempt.ts';
import type { Context } from '#shared/core/context.ts';
import type { Admitted, Salvaged } from '#shared/ocpp/action.ts';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import { shownToken } from '#shared/ocpp/v201/id-token-of.ts';
import { asAtStart } from '#shared/sessions/begin-charging.ts';
import { nameToken } from '#shared/sessions/name-token.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';
import { type Authorization, authorize, type Shown } from '#shared/tokens/authorize.ts';
import { sameToken } from '#shared/tokens/same-token.ts';

type Event = Admitted<Salvaged<Payload<'ocpp2.0.1', 'TransactionEvent', 'request'>>>;

/** A token that came with an event, and what is thought of it. */
export interface ShownToken {
  readonly uid: string;
  readonly purpose: Shown['purpose'];
  readonly authorization: Authorization;
}

/**
 * What is thought of the token of an event. One starts a transaction that is new, or has had no token
 * yet; later it is shown to stop (E07), or once more (gotcha 28). A repeat of the start gets the same
 * answer.
 */
export async function judgeToken(
  { request, peer }: Event,
  known: WholeSession | undefined,
  ctx: Context,
): Promise<ShownToken | undefined> {
  const shown = shownToken(request.idToken);
  if (!shown) return undefined;
  const { chargerId } = peer;
  const purpose = purposeOf(request, known);
  const now = await authorize(ctx, {
    ...shown,
    chargerId,
    connector: known?.session.connector,
    purpose,
  });
  const isAgain = request.eventType === 'Started' && known && isItsOwn(known, shown.uid);
  return { uid: shown.uid, purpose, authorization: isAgain ? asAtStart(now, known.session) : now };
}

function purposeOf({ eventType }: Event['request'], known: WholeSession | undefined) {
  if (known?.session.token_uid === null || !known) return 'start';
  return eventType === 'Ended' ? 'standing' : 'present';
}

const isItsOwn = ({ session }: WholeSession, uid: string) => sameToken(session.token_uid, uid);

/**
 * A token is shown in a transaction under way. The session gets it where it had none, or one that was
 * refused; any other token may at most stop it, which the charger decides by the group.
 */
export async function tokenShown(
  { request, peer }: Event,
  { session }: WholeSession,
  { uid, purpose, authorization }: ShownToken,
  ctx: Context,
): Promise<void> {
  const isLate = session.token_uid === null;
  const isBetter =
    request.eventType !== 'Ended' &&
    session.start_verdict !== 'accepted' &&
    authorization.verdict === 'accepted';
  if (isLate || (isBetter && !sameToken(session.token_uid, uid)))
    await nameToken(ctx, session.id, uid, authorization);
  if (purpose === 'standing' || request.eventType === 'Started') return;
  const { chargerId } = peer;
  const { transactionInfo, seqNo } = request;
  await recordAttempt(
    ctx,
    {
      uid,
      chargerId,
      purpose,
      connector: session.connector,
      sessionId: session.id,
      repeatKey: ['transaction', transactionInfo?.transactionId, seqNo].join('|'),
    },
    authorization,
  );
}
