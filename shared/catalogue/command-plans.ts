import type { Scripts } from '#shared/commands/plan.ts';

/** How commands of several calls go on, by the type of the visible command; see shared/commands/plan.ts. */
export const commandPlans: Scripts = {};
