import * as z from 'zod';
import { CdrSummary } from '#shared/cdrs/cdr-summary.ts';
import { CdrView, cdrView } from '#shared/cdrs/cdr-view.ts';
import { findCdrsOfSessions } from '#shared/cdrs/find-cdr.ts';
import type { Context } from '#shared/core/context.ts';
import { SessionView } from '#shared/sessions/session-view.ts';

/** A session whose CDR may be shown whole. */
export const ExpandedSession = SessionView.extend({
  cdr: z.union([CdrView, CdrSummary]).nullable().meta({
    description: 'In a few figures; whole with `expand=cdr`.',
  }),
}).meta({ id: 'ExpandedSession', description: 'One charge, its CDR whole where asked for.' });
export type ExpandedSession = z.infer<typeof ExpandedSession>;

/** The sessions with their CDRs whole, in one read. */
export async function expandCdrs(
  ctx: Context,
  sessions: readonly SessionView[],
): Promise<ExpandedSession[]> {
  const ended = sessions.filter(({ cdr }) => cdr !== null).map(({ id }) => id);
  const cdrs = await findCdrsOfSessions(ctx, ended);
  return sessions.map((session) => {
    const cdr = cdrs.get(session.id);
    return cdr ? { ...session, cdr: cdrView(cdr) } : session;
  });
}
