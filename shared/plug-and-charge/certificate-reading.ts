import type { PlanSpec, Step } from '#shared/commands/plan.ts';
import type { ListInput } from '#shared/plug-and-charge/certificate-commands.ts';

/** How a charger is asked what certificates it has: one call after the other, each about some kinds. */
export const certificateReading = (calls: readonly [ListInput, ...ListInput[]]): PlanSpec => ({
  type: 'read_certificates',
  input: { calls },
  first: readingStep(calls[0]),
  notes: {},
});

export const readingStep = (input: ListInput): Step => ({ type: 'list_certificates', input });
