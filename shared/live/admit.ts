import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { ConditionFailed, type Write } from '#shared/core/table.ts';
import {
  CONNECTIONS_PER_CREDENTIAL,
  countOfCredential,
  type NewConnection,
  openConnection,
} from '#shared/live/connection.ts';
import type { Interest } from '#shared/live/interest.ts';
import { findTicket, type LiveTicket, ticketKey } from '#shared/live/live-ticket.ts';
import { endOf } from '#shared/live/session-end.ts';
import { readSessionTicket } from '#shared/live/session-ticket.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

/** What the authorizer says of a ticket, in texts, as the gateway hands it on. */
export const LiveVerdict = z.object({
  verdict: z.enum(['allow', 'unauthorized', 'session_ended']),
  organization_id: z.string(),
  livemode: z.stringbool(),
  credential_id: z.string(),
  kind: z.enum(['ticket', 'session', '']),
});
export type LiveVerdict = z.input<typeof LiveVerdict>;

const nobody: LiveVerdict = {
  verdict: 'unauthorized',
  organization_id: '',
  livemode: 'false',
  credential_id: '',
  kind: '',
};

/** Whose a ticket is, and whether it is still good. Uses nothing up. `within` gives a tenant's context. */
export async function judgeTicket(
  ctx: Pick<Context, 'table' | 'now' | 'cursorKey'>,
  token: string,
  within: (tenantId: string) => Context,
): Promise<LiveVerdict> {
  const ticket = await findTicket(ctx, token);
  if (ticket)
    return {
      verdict: 'allow',
      organization_id: ticket.organization_id,
      livemode: String(ticket.livemode),
      credential_id: ticket.credential_id,
      kind: 'ticket',
    };
  const named = await readSessionTicket(ctx, token);
  if (!named) return nobody;
  const tenant = within(named.tenantId);
  const [{ livemode }, { ended }] = await Promise.all([
    getOrganization(tenant),
    endOf(tenant, named.sessionId),
  ]);
  return {
    verdict: ended ? 'session_ended' : 'allow',
    organization_id: named.tenantId,
    livemode: String(livemode),
    credential_id: credentialOf(named.sessionId),
    kind: 'session',
  };
}

export type Admission = 'open' | 'unauthorized' | 'too_many';

/** Enters the connection that a ticket opens; a ticket of a row is used up by it. */
export async function admitConnection(
  ctx: Context,
  connectionId: string,
  token: string,
): Promise<Admission> {
  const ticket = await findTicket(ctx, token);
  const named = ticket ? undefined : await readSessionTicket(ctx, token);
  const credentialId = ticket?.credential_id ?? (named && credentialOf(named.sessionId));
  if (credentialId === undefined) return 'unauthorized';
  if ((await countOfCredential(ctx, credentialId)) >= CONNECTIONS_PER_CREDENTIAL) return 'too_many';
  const opening = ticket ? ofTicket(ticket) : ofSession(named?.sessionId ?? '');
  const used: Write[] = ticket ? [{ op: 'delete', key: ticketKey(token), when: 'present' }] : [];
  try {
    const connection = { connection_id: connectionId, live_url: ctx.urls.live, ...opening };
    await openConnection(ctx, connection, used);
    return 'open';
  } catch (error) {
    // Somebody else was faster with the same ticket.
    if (error instanceof ConditionFailed) return 'unauthorized';
    throw error;
  }
}

type Opening = Omit<NewConnection, 'connection_id' | 'live_url'>;

const ofTicket = ({
  topics,
  filter,
  scopes,
  site_ids,
  driver_id,
  ...ticket
}: LiveTicket): Opening => ({
  ...{ topics, filter, scopes, site_ids, driver_id },
  kind: 'ticket',
  credential_id: ticket.credential_id,
  client_id: ticket.client_id,
  resume_after: ticket.resume_after,
  renewable_until: ticket.renewable_until,
  credential_until: ticket.credential_until,
});

const ofSession = (sessionId: string): Opening => ({
  ...sessionInterest(sessionId),
  kind: 'session',
  credential_id: credentialOf(sessionId),
  client_id: null,
  resume_after: null,
  renewable_until: null,
  credential_until: null,
});

/** The URL of a session is the permission to watch that session, all of it, and nothing else. */
const sessionInterest = (sessionId: string): Interest => ({
  topics: ['sessions', 'meter_values', 'soc', 'payments'],
  filter: { session_id: [sessionId] },
  scopes: ['*'],
  site_ids: null,
  driver_id: null,
});

const credentialOf = (sessionId: string) => `session:${sessionId}`;
