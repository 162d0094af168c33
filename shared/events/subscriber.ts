import type { Context } from '#shared/core/context.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import type { EventType } from '#shared/events/event.ts';

/** A consumer of events, functions/events/<id>.ts: gets a rule, a queue, a dead-letter queue and an alarm. */
export interface Subscriber {
  readonly kind: 'subscriber';
  readonly id: string;
  readonly summary: string;
  /** The event types it wants, or every type with the webhook channel. */
  readonly on: readonly EventType[] | 'all';
  /** May be called twice with one event: decide by event id or by state. */
  readonly handle: (event: EventEnvelope, ctx: Context) => Promise<void>;
}
export const defineSubscriber = (spec: Omit<Subscriber, 'kind'>): Subscriber => ({
  kind: 'subscriber',
  ...spec,
});

/** Work by the clock, functions/jobs/<id>.ts. Runs for the whole deployment, outside any tenant. */
export interface Job {
  readonly kind: 'job';
  readonly id: string;
  readonly summary: string;
  readonly everyMinutes: number;
  readonly handle: (ctx: Context) => Promise<void>;
}
export const defineJob = (spec: Omit<Job, 'kind'>): Job => ({ kind: 'job', ...spec });
