import type { Outcome } from '#shared/commands/settle-command.ts';

/** What a charger tells of its list: 0 is an empty one, -1 none at all (1.6 §6.26, errata 3.52). */
export const listVersion = (version: number): Outcome =>
  version < 0
    ? {
        status: 'rejected',
        outcome: 'not_supported',
        reason: 'The charger keeps no list of tokens.',
      }
    : { status: 'completed', outcome: 'version', reason: null, data: { version } };
