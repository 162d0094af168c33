import * as z from 'zod';
import { Metadata } from '#shared/chargers/charger.ts';
import { EmailAddress } from '#shared/core/email-address.ts';

const text = (longest: number) => z.string().trim().min(1).max(longest);

const changeable = {
  name: text(200).nullable(),
  email: EmailAddress.nullable().meta({
    description: 'Where sign-in codes go. No two drivers of an organization have the same.',
  }),
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'An international number: + and 7 to 15 digits')
    .nullable()
    .meta({ description: 'E.164.', example: '+919845012345' }),
  status: z.enum(['active', 'blocked']).meta({
    description: '`blocked`: signs in no more, and starts and reserves nothing.',
  }),
  labels: z
    .array(text(50))
    .max(50)
    .meta({ description: 'Open restricted sites that name one of them.', example: ['staff'] }),
  external_ref: text(100).nullable(),
  metadata: Metadata,
};

export const NewDriver = z
  .object({
    name: changeable.name.default(null),
    email: changeable.email.default(null),
    phone: changeable.phone.default(null),
    status: changeable.status.default('active'),
    labels: changeable.labels.default([]),
    external_ref: changeable.external_ref.default(null),
    metadata: changeable.metadata.default({}),
  })
  .meta({ id: 'NewDriver' });
export type NewDriver = z.output<typeof NewDriver>;

export const DriverPatch = z
  .object(changeable)
  .partial()
  .meta({ id: 'DriverPatch', description: 'JSON Merge Patch: null clears.' });
export type DriverPatch = z.output<typeof DriverPatch>;
