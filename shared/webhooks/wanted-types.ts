import { AppError } from '#shared/core/errors.ts';
import { allEventTypes } from '#shared/events/event.ts';
import { matchesType } from '#shared/events/matches-type.ts';
import { mayRead, scopeToRead } from '#shared/events/may-read-event.ts';
import type { Reach } from '#shared/webhooks/reach.ts';

/**
 * Throws validation_failed for a pattern that is of no type there is, insufficient_scope where the endpoint
 * could never be sent anything. Of patterns that match more than may be read, the rest is not sent.
 * Whoever calls it has imported the catalogue of types.
 */
export function refuseUnsendable(patterns: readonly string[], { scopes }: Reach): void {
  const types = allEventTypes().filter(({ channels }) => channels.includes('webhook'));
  const matching = patterns.map((pattern) =>
    types.filter(({ name }) => matchesType(pattern, name)),
  );
  const unknown = matching.findIndex((found) => found.length === 0);
  if (unknown >= 0)
    throw new AppError('validation_failed', 'There is no such type of event.', {
      errors: [
        {
          field: `event_types.${unknown}`,
          code: 'unknown_event_type',
          message: 'No event that webhooks are sent is of this type: see GET /v1/event-types.',
        },
      ],
    });
  const all = matching.flat();
  if (all.some(({ object }) => mayRead(scopes, object))) return;
  const needed = [...new Set(all.map(({ object }) => scopeToRead(object)))].sort();
  throw new AppError(
    'insufficient_scope',
    `The credential may read none of these events: they need ${needed.slice(0, 5).join(', ')}.`,
  );
}
