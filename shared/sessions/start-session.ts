import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import type { Charger } from '#shared/chargers/charger.ts';
import { getWholeCharger } from '#shared/chargers/charger-view.ts';
import { newCommand } from '#shared/commands/queue-command.ts';
import { DispatchCommands } from '#shared/commands/tasks.ts';
import type { Connector } from '#shared/connectors/connector.ts';
import { scopesOf } from '#shared/core/caller.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { ownDriverId } from '#shared/core/driver-access.ts';
import { AppError } from '#shared/core/errors.ts';
import { hasScope } from '#shared/core/scopes.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import type { Reservation } from '#shared/reservations/reservation.ts';
import { requireUnreserved, reservationToUse } from '#shared/reservations/use-reservation.ts';
import { createSession } from '#shared/sessions/create-session.ts';
import { SessionStarted } from '#shared/sessions/events.ts';
import { forWhom } from '#shared/sessions/for-whom.ts';
import { chosenConnector, inUse, requireFree } from '#shared/sessions/free-connector.ts';
import type { NewSession } from '#shared/sessions/new-session.ts';
import { LiveSession, Session } from '#shared/sessions/session.ts';
import { type SessionView, sessionView } from '#shared/sessions/session-view.ts';
import { CheckStart } from '#shared/sessions/tasks.ts';
import { virtualTag, virtualToken } from '#shared/sessions/virtual-tag.ts';
import { termsInForce } from '#shared/tariffs/site-tariff.ts';

/** A cable not plugged in by then: the session has failed. */
export const START_WITHIN_S = 120;

/**
 * Starts a charge from afar: the session exists at once, and the charger is asked. The answer's
 * status is `starting`; what comes of it arrives as events.
 *
 * Throws not_found (charger, driver), validation_failed (connector), charger_offline, connector_in_use,
 * connector_unavailable (also: reserved for somebody else), connector_faulted,
 * tariff_override_not_allowed, reservation_conflict, authorization_rejected (driver).
 */
export async function startSession(ctx: Context, input: NewSession): Promise<SessionView> {
  mayOverride(ctx, input);
  const { charger, connection, connectors } = await getWholeCharger(ctx, input.charger_id);
  const own = await reservationToUse(ctx, input);
  const whose = await forWhom(ctx, input, { siteId: charger.site_id, own });
  const connector = chosenConnector(connectors, input.connector ?? own?.connector);
  requireFree(ctx, charger, connection, connector, own);
  await requireUnreserved(ctx, charger.id, connector.id, own);
  const { session, live } = await newSession(
    ctx,
    { ...input, ...whose },
    { charger, connector, own },
  );
  const { command, writes } = newCommand(ctx, {
    type: 'start_session',
    chargerId: charger.id,
    connector: connector.id,
    sessionId: session.id,
    serves: { kind: 'session', id: session.id },
    input: startInput(session, connector, own),
  });
  const asked = { ...session, command_id: command.id };
  try {
    await createSession(
      ctx,
      { session: asked, live },
      {
        type: SessionStarted,
        because: 'Start requested.',
        writes: own ? writes : [...writes, virtualToken(ctx, session.id)],
        tasks: followUps(ctx, session),
        keptFor: connector.reservation_id,
      },
    );
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    await requireUnreserved(ctx, charger.id, connector.id, own);
    throw inUse(ctx, connector);
  }
  return sessionView(ctx, { session: asked, live });
}

/** Sends the command should the caller not live to do it, and looks at what became of it. */
const followUps = (ctx: Context, { id, charger_id }: Session): DueTask[] => [
  dueTask(ctx, DispatchCommands, { charger_id }),
  dueTask(ctx, CheckStart, { session_id: id }, plusSeconds(isoNow(ctx), START_WITHIN_S)),
];

function mayOverride(ctx: Context, { tariff_override: override }: NewSession) {
  const may = ownDriverId(ctx) === undefined && hasScope(scopesOf(ctx), 'tariffs:write');
  if (!override || may) return;
  throw new AppError(
    'tariff_override_not_allowed',
    'A tariff override needs the scope tariffs:write.',
  );
}

interface Place {
  readonly charger: Charger;
  readonly connector: Connector;
  /** The reservation it is of. */
  readonly own: Reservation | undefined;
}

async function newSession(ctx: Context, input: NewSession, { charger, connector, own }: Place) {
  const at = isoNow(ctx);
  const terms = await termsInForce(ctx, charger.site_id, at);
  const { currency } = await getOrganization(ctx);
  const priceCurrency = terms.id ? terms.currency : currency;
  sameCurrency(input, priceCurrency);
  const id = ctx.newId('sess');
  const session = Session.parse({
    ...input,
    id,
    connector: connector.id,
    site_id: charger.site_id,
    // A charger that keeps the connector lets in none but the holder's own token.
    token_uid: own?.token_uid ?? virtualTag(id),
    remote_start_id: remoteStartId(id),
    started_at: at,
    tariff: terms,
    currency: priceCurrency,
    shows_cost: capabilitiesOf(charger).cost_updates,
    live_url: ctx.urls.live,
    livemode: ctx.livemode,
    created_at: at,
  });
  const live = LiveSession.parse({
    session_id: id,
    status: 'starting',
    version: 1,
    updated_at: at,
  });
  return { session, live };
}

/** A flat price is taken as it stands, so it must be in the money the session is billed in. */
function sameCurrency({ tariff_override: override }: NewSession, currency: string) {
  if (override?.type !== 'flat' || override.amount.currency === currency) return;
  throw new AppError('validation_failed', `This session is billed in ${currency}.`, {
    errors: [
      {
        field: 'tariff_override.amount.currency',
        code: 'invalid_value',
        message: `Give the amount in ${currency}.`,
      },
    ],
  });
}

/** What a charger needs to start it, in our words; each protocol makes its own call of it. */
const startInput = (session: Session, connector: Connector, own: Reservation | undefined) => ({
  connector: connector.id,
  evse_id: connector.evse_id ?? connector.id,
  token_uid: session.token_uid,
  ...(own ? { token_type: own.token_type ?? 'rfid' } : {}),
  remote_start_id: session.remote_start_id,
});

/** A positive 31-bit number from the random end of the id: 2.0.1 wants an integer to recognise a start by. */
function remoteStartId(id: string): number {
  const tail = id.slice(-6).toUpperCase();
  return [...tail].reduce((n, c) => (n * 32 + CROCKFORD.indexOf(c)) % 2_147_483_647, 7);
}
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
