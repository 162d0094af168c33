import * as z from 'zod';

/** A text for the display (2.0.1), its details as they came. */
export const DisplayMessage = z.object({
  id: z.int(),
  priority: z.enum(['AlwaysFront', 'InFront', 'NormalCycle']),
  state: z.string().nullable(),
  transactionId: z.string().nullable(),
  endsAt: z.number().nullable(),
  raw: z.record(z.string(), z.unknown()),
});
export type DisplayMessage = z.infer<typeof DisplayMessage>;
