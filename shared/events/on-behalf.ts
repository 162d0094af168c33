import type { Context } from '#shared/core/context.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import type { Outbox } from '#shared/events/recorded.ts';
import type { TaskMessage } from '#shared/events/task.ts';

/** Whose work it is, and why it is done: what a handler without a request makes its context of. */
export type Who = Pick<Context, 'tenantId' | 'livemode' | 'actor' | 'cause'>;

const system = { kind: 'system' } as const;
const unasked = { ref: null, request_id: null, idempotency_key: null, actor: null };

export const onBehalfOfEvent = (event: EventEnvelope): Who => ({
  tenantId: event.organization_id,
  livemode: event.livemode,
  actor: system,
  cause: { ...event.cause, type: 'rule', ref: event.id },
});

export const onBehalfOfTask = ({ tenantId, livemode, task, id }: TaskMessage): Who => ({
  tenantId,
  livemode,
  actor: system,
  cause: { ...unasked, type: 'schedule', ref: `${task}:${id}` },
});

export const onBehalfOfOutbox = ({ tenantId, livemode, cause }: Outbox): Who => ({
  tenantId,
  livemode,
  actor: system,
  cause,
});

/** A job runs for the whole deployment, outside any tenant. */
export const onBehalfOfAll = (job: string): Who => ({
  tenantId: '',
  livemode: false,
  actor: system,
  cause: { ...unasked, type: 'schedule', ref: job },
});
