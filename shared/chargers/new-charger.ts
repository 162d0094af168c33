import * as z from 'zod';
import { HumanId, Metadata, MetadataKey, Registration } from '#shared/chargers/charger.ts';
import { PlugType } from '#shared/connectors/connector.ts';
import { LogLevel } from '#shared/ocpp-log/level.ts';

export const NewConnector = z
  .object({
    id: z.int().min(1).max(64),
    type: PlugType.default('Unknown'),
    format: z.enum(['socket', 'cable']).nullable().default(null),
    power_kw: z.number().positive().max(2000).nullable().default(null),
    max_current_a: z.number().positive().max(2000).nullable().default(null),
    phases: z.int().min(1).max(3).nullable().default(null),
    evse_id: z.int().min(1).max(999).nullable().default(null),
    evse_connector_id: z.int().min(1).max(999).nullable().default(null),
  })
  .meta({ id: 'NewConnector' });

const ocppLog = LogLevel.nullable().meta({
  description:
    'How much of its raw traffic is kept, from its next connection on; null: as the organization wants.',
});

const registration = Registration.meta({
  description:
    'What its boot is answered with. `pending`: it may be configured, and does not charge yet. `rejected`: nothing is said to it.',
});

export const NewCharger = z
  .object({
    id: HumanId,
    name: z.string().max(200).nullable().default(null),
    site_id: z.string().max(48).nullable().default(null),
    model: z.string().max(50).nullable().default(null),
    vendor_name: z.string().max(50).nullable().default(null),
    serial_number: z.string().max(50).nullable().default(null),
    ocpp_identity: HumanId.optional().meta({
      description: 'Last segment of its OCPP URL; the id where left out.',
    }),
    security_profile: z.int().min(0).max(3).default(1).meta({
      description:
        '0 no password (sandbox only), 1 Basic, 2 Basic over TLS, 3 client certificate over TLS.',
    }),
    connectors: z
      .array(NewConnector)
      .max(64)
      .refine((list) => new Set(list.map((c) => c.id)).size === list.length, 'Each id once')
      .default([]),
    labels: z.array(z.string().max(50)).max(50).default([]),
    external_ref: z.string().max(100).nullable().default(null),
    registration: registration.default('accepted'),
    ocpp_log: ocppLog.default(null),
    metadata: Metadata.default({}),
  })
  .meta({ id: 'NewCharger' });
export type NewCharger = z.output<typeof NewCharger>;

export const ChargerPatch = z
  .object({
    name: z.string().max(200).nullable(),
    site_id: z.string().max(48).nullable(),
    model: z.string().max(50).nullable(),
    vendor_name: z.string().max(50).nullable(),
    serial_number: z.string().max(50).nullable(),
    labels: z.array(z.string().max(50)).max(50),
    external_ref: z.string().max(100).nullable(),
    registration,
    ocpp_log: ocppLog,
    metadata: z.record(MetadataKey, z.string().max(500).nullable()),
  })
  .partial()
  .meta({ id: 'ChargerPatch', description: 'JSON Merge Patch: null clears.' });
export type ChargerPatch = z.output<typeof ChargerPatch>;
