import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Item, Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { changeOf, type EventType } from '#shared/events/event.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';
import type { LiveSession, Session } from '#shared/sessions/session.ts';
import { findSession, type WholeSession } from '#shared/sessions/session-view.ts';

/** What happens to a session in one step. */
export interface Step {
  readonly live: LiveSession;
  /** Where what is fixed became known later; `writes` must hold its row. */
  readonly session?: Session;
  /** Events that say so, each with what moved. */
  readonly events: readonly { readonly type: EventType; readonly liveOnly?: boolean }[];
  readonly moreEvents?: readonly Recorded[];
  readonly writes?: readonly Write[];
  readonly tasks?: readonly DueTask[];
  /** A sentence for the timeline, where the step is worth one. */
  readonly because?: string;
  /** The row that carries the outbox, given the version the step makes. */
  readonly carrier?: Item;
}

/**
 * Reads a session, lets `decide` say what happens, and writes it: again from the start when another
 * writer came first. `decide` answers undefined for nothing. Undefined too where there is no session.
 * `asRead`: the session as the caller has just read it, which saves the first reading.
 */
export async function changeSession(
  ctx: Context,
  id: string,
  decide: (whole: WholeSession) => Step | undefined | Promise<Step | undefined>,
  asRead?: WholeSession,
): Promise<WholeSession | undefined> {
  let known = asRead;
  return retrying(async () => {
    const whole = known ?? (await findSession(ctx, id));
    known = undefined;
    if (!whole) return undefined;
    const step = await decide(whole);
    if (!step) return whole;
    const live = { ...step.live, version: whole.live.version + 1, updated_at: isoNow(ctx) };
    const row = liveItem(ctx, live);
    await commit(ctx, {
      aggregate: { kind: 'session', id, version: live.version },
      writes: [
        { op: 'put', item: row, when: { version: whole.live.version } },
        ...(step.because ? [timelineEntry(ctx, live, step.because)] : []),
        ...(step.writes ?? []),
      ],
      events: [...eventsOf(ctx, whole, live, step), ...(step.moreEvents ?? [])],
      tasks: step.tasks ?? [],
      ...(step.carrier ? { carrier: step.carrier } : {}),
    });
    return { session: step.session ?? whole.session, live };
  });
}

export const liveItem = (ctx: Context, live: LiveSession): Item => ({
  ...compact(live),
  ...keys.liveSession(ctx.tenantId, live.session_id),
});

/** Defaults are not stored: the row is hot, and every byte of it is paid for each time. */
function compact(live: LiveSession): Record<string, unknown> {
  const empty = (value: unknown) =>
    value === null || value === false || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(live).filter(([, value]) => !empty(value)));
}

export function timelineEntry(ctx: Context, live: LiveSession, because: string): Write {
  const key = keys.timelineEntry(ctx.tenantId, live.session_id, isoNow(ctx), live.version);
  const { type, ref, actor } = ctx.cause;
  const item = {
    ...key,
    at: isoNow(ctx),
    status: live.status,
    because,
    cause: { type, ref, actor },
  };
  return { op: 'put', item };
}

export const scopeOf = ({ session }: WholeSession) => ({
  ...(session.driver_id === null ? {} : { driver_id: session.driver_id }),
  site_id: session.site_id,
  charger_id: session.charger_id,
  connector: session.connector,
  session_id: session.id,
});

function eventsOf(ctx: Context, before: WholeSession, live: LiveSession, step: Step): Recorded[] {
  const patch = moved(before.live, live);
  const previous = told(before.live, patch);
  return step.events.map(({ type, liveOnly }) =>
    changeOf(ctx, type, {
      id: live.session_id,
      version: live.version,
      scope: scopeOf({ ...before, session: step.session ?? before.session }),
      patch,
      ...(Object.keys(previous).length > 0 ? { previous } : {}),
      ...(liveOnly ? { liveOnly } : {}),
    }),
  );
}

/** Pricing's own notes stay inside; all else that differs is told. */
const INSIDE = [
  'readings',
  'idle',
  'samples',
  'first_start_wh',
  'published_at',
  'last_seq',
  'missing_seq',
  'gap',
  'stop_command_id',
];

function moved(before: LiveSession, after: LiveSession): Record<string, unknown> {
  const was = new Map<string, unknown>(Object.entries(before));
  const differs = ([name, value]: [string, unknown]) =>
    !INSIDE.includes(name) && JSON.stringify(value) !== JSON.stringify(was.get(name));
  return Object.fromEntries(Object.entries(after).filter(differs));
}

/** The status as it was; figures that rise with every sample need no telling. */
function told(before: LiveSession, patch: Record<string, unknown>): Record<string, unknown> {
  return 'status' in patch ? { status: before.status } : {};
}
