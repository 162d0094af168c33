import * as z from 'zod';
import { Metadata } from '#shared/chargers/charger.ts';

const Instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .meta({ example: '2029-03-31T18:30:00.000Z' });
const reference = z.string().trim().min(1).max(64).nullable().default(null);

export const NewContract = z
  .object({
    emaid: z.string().max(40).meta({
      description: 'With or without hyphens and check digit; a check digit is checked.',
      example: 'DE-8AA-CA2B3C4D5-L',
    }),
    driver_id: reference.meta({ description: 'Who pays.' }),
    vehicle_id: reference.meta({ description: 'The vehicle it is in.' }),
    certificate: z.string().max(30_000).nullable().default(null).meta({
      description:
        'PEM of the contract certificate, and of the CAs between it and a trusted root. Where left out, the contract is `requested` until a car shows its certificate.',
    }),
    expires_at: Instant.nullable().default(null).meta({
      description: 'When the contract ends, if that is before its certificate does.',
    }),
    external_ref: z.string().max(100).nullable().default(null),
    metadata: Metadata.default({}),
  })
  .meta({ id: 'NewContractCertificate' });
export type NewContract = z.output<typeof NewContract>;
