import type * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import type { EventScope, Recorded } from '#shared/events/recorded.ts';

/**
 * A kind of event, declared beside its emitter in `shared/<domain>/events.ts`.
 * `channels`: `webhook` (webhooks and the events API), `live` (the live WebSocket).
 */
export interface EventType<S extends z.ZodType = z.ZodType> {
  readonly name: `${string}.${string}`;
  /** What `data.object` is: session, charger … */
  readonly object: string;
  readonly channels: readonly ('webhook' | 'live')[];
  /** When it happens, as the catalogue says it. */
  readonly when: string;
  /** The resource, as its GET answers it. */
  readonly data: S;
  /** One such resource, as the documents show it. */
  readonly example: z.output<S>;
  /** Of those that every integration is built on. */
  readonly core?: boolean;
  /**
   * For events recorded as a change only (`patch`): reads the rest of the object. The stream readers
   * call it; the recorded patch wins over what is read.
   */
  readonly load?: (
    ctx: Context,
    id: string,
    patch: Record<string, unknown>,
    scope: EventScope,
  ) => Promise<unknown>;
}

const known = new Map<string, EventType>();

export function defineEvent<S extends z.ZodType>(type: EventType<S>): EventType<S> {
  known.set(type.name, type);
  return type;
}

/** The declared type of this name. Only types whose `events.ts` has been imported are known. */
export const findEventType = (name: string): EventType | undefined => known.get(name);
export const allEventTypes = (): EventType[] => [...known.values()];

interface Change {
  readonly id: string;
  /** The object's `resource_version` after the change. */
  readonly version: number;
  readonly scope?: EventScope;
  /** The values that changed, as they were. */
  readonly previous?: Record<string, unknown>;
  /** True keeps it off webhooks and out of the events API this time (too frequent). */
  readonly liveOnly?: boolean;
}

/** An event that carries the whole object. */
export function eventOf<S extends z.ZodType>(
  ctx: Context,
  type: EventType<S>,
  change: Change & { readonly object: z.input<S> },
): Recorded {
  return { ...head(ctx, type, change), object: type.data.parse(change.object) };
}

/** An event that carries what changed; stream readers complete it with `type.load`. Small, for hot paths. */
export function changeOf(
  ctx: Context,
  type: EventType,
  change: Change & { readonly patch: Record<string, unknown> },
): Recorded {
  return { ...head(ctx, type, change), patch: change.patch };
}

function head(ctx: Context, type: EventType, change: Change) {
  return {
    id: ctx.newId('evt'),
    type: type.name,
    at: ctx.now().toISOString(),
    subject: change.id,
    version: change.version,
    ...(change.scope ? { scope: change.scope } : {}),
    ...(change.previous ? { previous: change.previous } : {}),
    ...(change.liveOnly ? { liveOnly: true } : {}),
  };
}
