import * as z from 'zod';

/** What the delivery of a certificate asks for, in our words. */
export const DeliveryInput = z.object({
  /** PEM, the certificate first. */
  chain: z.string(),
  use: z.enum(['charger', 'v2g']),
  /** The charger's own number of its request, where it gave one (OCPP 2.1). */
  request_number: z.int().optional(),
});
