import * as z from 'zod';

/**
 * What we say of a token that is shown. Each protocol has a table of these; docs tell integrators the
 * same words.
 */
export const Verdict = z
  .enum([
    'accepted',
    'blocked',
    'expired',
    'unknown',
    'invalid',
    'concurrent',
    'not_at_this_site',
    'not_at_this_time',
  ])
  .meta({
    id: 'Verdict',
    description:
      '`unknown`: there is no such token. `invalid`: there is, but not as what it was shown as. `concurrent`: it has as many sessions open as it may have. `not_at_this_site`: the site does not let it in. `not_at_this_time`: the connector is reserved for somebody else.',
  });
export type Verdict = z.infer<typeof Verdict>;
