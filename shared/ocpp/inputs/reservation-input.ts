import * as z from 'zod';

/** What the commands about reservations ask for, in our words, as their rows hold it. */
export const ReserveInput = z.object({
  connector: z.int(),
  evse_id: z.int(),
  number: z.int(),
  expires_at: z.string(),
  token_uid: z.string(),
  token_type: z.string().nullable(),
  group_id: z.string().nullable(),
});

export const CancelReservationInput = z.object({ number: z.int() });
