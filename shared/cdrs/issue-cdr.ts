import * as z from 'zod';
import { buildCdr, type CdrSurroundings } from '#shared/cdrs/build-cdr.ts';
import { type Cdr, cdrSummary } from '#shared/cdrs/cdr.ts';
import { cdrView } from '#shared/cdrs/cdr-view.ts';
import { CdrCreated } from '#shared/cdrs/events.ts';
import { cdrNumber, financialYear } from '#shared/cdrs/financial-year.ts';
import { findCdrOfSession } from '#shared/cdrs/find-cdr.ts';
import { Connector } from '#shared/connectors/connector.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { hasCode } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import type { LiveSession, Session } from '#shared/sessions/session.ts';
import { Site } from '#shared/sites/site.ts';

const SERIES = 'cdr';
/** A power cut ends many sessions at once, and all want the next number; each round one of them has it. */
const ROUNDS = 12;

/**
 * Issues the CDR of an ended session, exactly once however often and however many at a time ask for
 * it. The number is taken in the same transaction, so none is ever left out.
 */
export async function issueCdr(ctx: Context, session: Session, live: LiveSession): Promise<Cdr> {
  const surroundings = await surroundingsOf(ctx, session);
  for (let round = 1; ; round++) {
    try {
      return await retrying(() => issueOnce(ctx, session, live, surroundings));
    } catch (error) {
      if (round >= ROUNDS || !hasCode(error, 'service_unavailable')) throw error;
    }
  }
}

async function issueOnce(
  ctx: Context,
  session: Session,
  live: LiveSession,
  surroundings: CdrSurroundings,
): Promise<Cdr> {
  const earlier = await findCdrOfSession(ctx, session.id);
  if (earlier) return earlier;
  const issuedAt = isoNow(ctx);
  const year = financialYear(issuedAt, surroundings.organization.timezone);
  const last = await lastNumber(ctx, year);
  const cdr = buildCdr(session, live, surroundings, {
    id: ctx.newId('cdr'),
    number: cdrNumber(year, last + 1),
    issued_at: issuedAt,
  });
  await commit(ctx, {
    aggregate: { kind: 'cdr', id: cdr.id, version: 1 },
    writes: [takeNumber(ctx, year, last), ...cdrWrites(ctx, cdr)],
    events: [eventOf(ctx, CdrCreated, about(cdr))],
  });
  return cdr;
}

const about = (cdr: Cdr) => ({
  id: cdr.id,
  version: 1,
  scope: {
    site_id: cdr.site_id,
    charger_id: cdr.charger_id,
    connector: cdr.connector,
    session_id: cdr.session_id,
    ...(cdr.driver_id === null ? {} : { driver_id: cdr.driver_id }),
  },
  object: cdrView(cdr),
});

const Series = z.object({ n: z.int() });

async function lastNumber(ctx: Context, year: string): Promise<number> {
  const row = await ctx.table.get(keys.numberSeries(ctx.tenantId, SERIES, year));
  return row ? Series.parse(row).n : 0;
}

const takeNumber = (ctx: Context, year: string, last: number): Write => ({
  op: 'put',
  when: last === 0 ? 'absent' : { n: last },
  item: { ...keys.numberSeries(ctx.tenantId, SERIES, year), n: last + 1 },
});

function cdrWrites(ctx: Context, cdr: Cdr): Write[] {
  const t = ctx.tenantId;
  const lists = {
    ...keys.cdrs(t, cdr.issued_at, cdr.id),
    ...(cdr.site_id ? keys.cdrsOfSite(t, cdr.site_id, cdr.issued_at, cdr.id) : {}),
  };
  const pointer = { cdr_id: cdr.id, summary: cdrSummary(cdr) };
  return [
    { op: 'put', when: 'absent', item: { ...cdr, ...keys.cdr(t, cdr.id), ...lists } },
    { op: 'put', when: 'absent', item: { ...keys.cdrOfSession(t, cdr.session_id), ...pointer } },
    ...(cdr.driver_id === null ? [] : [listOfDriver(ctx, cdr, cdr.driver_id)]),
  ];
}

const listOfDriver = (ctx: Context, { id, issued_at: at }: Cdr, driver: string): Write => ({
  op: 'put',
  item: { ...keys.cdrOfDriver(ctx.tenantId, driver, at, id), cdr_id: id },
});

async function surroundingsOf(ctx: Context, session: Session): Promise<CdrSurroundings> {
  const { site_id, charger_id, connector: n } = session;
  const [organization, [connector, site]] = await Promise.all([
    getOrganization(ctx),
    ctx.table.batchGet([
      keys.connector(ctx.tenantId, charger_id, n),
      keys.site(ctx.tenantId, site_id ?? ''),
    ]),
  ]);
  return {
    organization,
    connector: connector && Connector.parse(connector),
    site: site && Site.parse(site),
  };
}
