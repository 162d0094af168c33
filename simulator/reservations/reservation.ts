import * as z from 'zod';

/** A place kept for somebody. Without a connector it is any one of the station's. */
export const Reservation = z.object({
  id: z.int(),
  connectorId: z.int().nullable(),
  plug: z.string().nullable(),
  tag: z.object({ id: z.string(), kind: z.string() }),
  group: z.string().nullable(),
  expiresAt: z.number(),
});
export type Reservation = z.infer<typeof Reservation>;
