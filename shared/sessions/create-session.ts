import type { Context } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { changeOf, type EventType } from '#shared/events/event.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';
import { liveItem, scopeOf, timelineEntry } from '#shared/sessions/change-session.ts';
import type { Session } from '#shared/sessions/session.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';
import { uncountOpen } from '#shared/tokens/open-sessions.ts';

interface Making {
  readonly type: EventType;
  readonly because: string;
  readonly writes?: readonly Write[];
  readonly moreEvents?: readonly Recorded[];
  readonly tasks?: readonly DueTask[];
  /** Takes the connector from a session that was never closed, instead of refusing. */
  readonly supersede?: boolean;
  /** The reservation that the connector was kept for when it was read; left out, that does not matter. */
  readonly keptFor?: string | null;
}

/**
 * Writes a new session, and takes its connector: ConditionFailed where another open session holds it.
 * The connector's row must exist.
 */
export async function createSession(
  ctx: Context,
  whole: WholeSession,
  { type, because, writes = [], moreEvents = [], tasks = [], supersede = false, keptFor }: Making,
): Promise<void> {
  const { session, live } = whole;
  await commit(ctx, {
    aggregate: { kind: 'session', id: session.id, version: live.version },
    writes: [
      { op: 'put', when: 'absent', item: sessionItem(ctx, session) },
      { op: 'put', when: 'absent', item: liveItem(ctx, live) },
      ...(session.connector > 0 ? [takeConnector(ctx, session, supersede, keptFor)] : []),
      ...listings(ctx, session),
      timelineEntry(ctx, live, because),
      ...writes,
    ],
    events: [
      changeOf(ctx, type, {
        id: session.id,
        version: live.version,
        scope: scopeOf(whole),
        patch: { ...live },
      }),
      ...moreEvents,
    ],
    tasks,
  });
}

export const sessionItem = (ctx: Context, session: Session) => ({
  ...session,
  ...keys.session(ctx.tenantId, session.id),
  ...keys.sessions(ctx.tenantId, session.started_at, session.id),
  ...keys.sessionsOfCharger(ctx.tenantId, session.charger_id, session.started_at, session.id),
});

/** Connector 0 is one not chosen yet (2.0.1); the session takes it when the charger tells. */
export const takeConnector = (
  ctx: Context,
  session: Session,
  supersede: boolean,
  keptFor?: string | null,
): Write => ({
  op: 'update',
  key: keys.connector(ctx.tenantId, session.charger_id, session.connector),
  set: { session_id: session.id },
  add: { version: 1 },
  when: supersede
    ? 'present'
    : {
        session_id: undefined,
        id: session.connector,
        ...(keptFor === undefined ? {} : { reservation_id: keptFor ?? undefined }),
      },
});

/** Gives the connector back, if this session still holds it. */
export async function releaseConnector(ctx: Context, session: Session): Promise<Write[]> {
  const key = keys.connector(ctx.tenantId, session.charger_id, session.connector);
  const row = await ctx.table.get(key);
  if (row?.['session_id'] !== session.id) return [];
  return [
    {
      op: 'update',
      key,
      remove: ['session_id'],
      add: { version: 1 },
      when: { session_id: session.id },
    },
  ];
}

function listings(ctx: Context, session: Session): Write[] {
  const { id, site_id: site, started_at: at } = session;
  const t = ctx.tenantId;
  const places = [
    keys.openListed(t, at, id),
    ...(site ? [keys.sessionOnSite(t, site, at, id)] : []),
  ];
  return [
    ...places.map((key): Write => ({ op: 'put', item: { ...key, session_id: id } })),
    ...listOfDriver(ctx, session),
  ];
}

/** Puts a session on the list of its driver. */
export function listOfDriver(ctx: Context, { id, driver_id, started_at: at }: Session): Write[] {
  if (driver_id === null) return [];
  const key = keys.sessionOfDriver(ctx.tenantId, driver_id, at, id);
  return [{ op: 'put', item: { ...key, session_id: id } }];
}

/** Takes a session off the list of open ones, and off the count of its token's. */
export const unlist = (ctx: Context, session: Session): Write[] => [
  { op: 'delete', key: keys.openListed(ctx.tenantId, session.started_at, session.id) },
  ...(session.counted ? uncountOpen(ctx, session) : []),
];
