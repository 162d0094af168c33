import type { EventEnvelope } from '#shared/events/envelope.ts';
import { firstEventIdAt } from '#shared/events/event-id.ts';
import type { TestContext } from '#test/support/context.ts';

/** An envelope of a made-up type; its id is made now, as ids are, before it is logged. */
export const anEvent = (
  ctx: TestContext,
  differences: Partial<EventEnvelope> = {},
): EventEnvelope => ({
  id: ctx.newId('evt'),
  type: 'thing.happened',
  created_at: ctx.now().toISOString(),
  livemode: false,
  api_version: '2026-06-01',
  organization_id: ctx.tenantId,
  subject: { object: 'thing', id: 'thing_1', resource_version: 1 },
  scope: {},
  data: { object: {} },
  cause: { type: 'system', ref: null, request_id: null, idempotency_key: null, actor: null },
  ...differences,
});

/** An id that sorts before every event of this world. */
export const earlierId = (ctx: TestContext): string => firstEventIdAt(ctx.now().getTime() - 60_000);
