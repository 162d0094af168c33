import * as z from 'zod';
import { Capabilities } from '#shared/chargers/capabilities.ts';
import { OtherPassword, PasswordHash } from '#shared/chargers/credentials.ts';
import { ConnectorView } from '#shared/connectors/connector.ts';
import { LogLevel } from '#shared/ocpp-log/level.ts';

/** Human ids: chargers and sites. 48 characters is the OCPP 2.0.1 identity limit. */
export const HumanId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._ *|=@+-]{0,47}$/)
  .meta({
    id: 'HumanId',
    description: 'Letters, digits and `. _ - space * | = @ +`, at most 48.',
    example: 'BLR-014',
  });

const MOST_KEYS = 50;
export const MetadataKey = z.string().min(1).max(40);
export const Metadata = z
  .record(MetadataKey, z.string().max(500))
  .refine((m) => Object.keys(m).length <= MOST_KEYS, `At most ${MOST_KEYS} keys`)
  .meta({
    id: 'Metadata',
    description: `Your own keys and values: ${MOST_KEYS} keys of 40 characters, values of 500.`,
    maxProperties: MOST_KEYS,
  });
export type Metadata = z.infer<typeof Metadata>;

export const OcppVersion = z.enum(['1.6', '2.0.1', '2.1']).meta({ id: 'OcppVersion' });
export type OcppVersion = z.infer<typeof OcppVersion>;

/** Whether a charger may work here, as its boot is answered. */
export const Registration = z
  .enum(['accepted', 'pending', 'rejected'])
  .meta({ id: 'Registration', description: 'Whether a charger may work here.' });

/** A charger as it lies in its row: what changes seldom. Connection and connectors have rows of their own. */
export const Charger = z.object({
  id: HumanId,
  name: z.string().nullable().default(null),
  site_id: z.string().nullable().default(null),
  model: z.string().nullable().default(null),
  vendor_name: z.string().nullable().default(null),
  serial_number: z.string().nullable().default(null),
  firmware_version: z.string().nullable().default(null),
  ocpp_version: OcppVersion.nullable().default(null),
  /** The last path segment of its OCPP URL, where it differs from the id. */
  ocpp_identity: z.string(),
  /** 0 none, 1 Basic, 2 Basic over TLS, 3 client certificate. */
  security_profile: z.int().min(0).max(3).default(1),
  /** The password in use; null = none set. */
  password: PasswordHash.nullable().default(null),
  /** In the order in which they were handed out. */
  other_passwords: z.array(OtherPassword).default([]),
  /** The profile it was asked to move to, until it comes by that; below `floor` it is not let in meanwhile. */
  moving: z
    .object({ command_id: z.string(), profile: z.int(), floor: z.int() })
    .nullable()
    .default(null),
  registration: Registration.default('accepted'),
  /** Charger-level fault or closure, from StatusNotification of connector 0. */
  own_status: z.enum(['available', 'unavailable', 'faulted']).default('available'),
  labels: z.array(z.string()).default([]),
  external_ref: z.string().nullable().default(null),
  metadata: Metadata.default({}),
  /** Its connectors' numbers, so that a list reads their rows without searching. */
  connector_ids: z.array(z.int().positive()).default([]),
  /** Capabilities that the charger told or showed to have or to lack, against what its version has. */
  abilities: z.record(z.string(), z.boolean()).default({}),
  /** How much of its raw traffic is kept; null = as its organization wants. */
  ocpp_log: LogLevel.nullable().default(null),
  booted_at: z.string().nullable().default(null),
  decommissioned: z.boolean().default(false),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.int(),
});
export type Charger = z.infer<typeof Charger>;

/** The hot row of a charger's socket. */
export const Connection = z.object({
  charger_id: z.string(),
  /** The socket now open; null when none is. */
  connection_id: z.string().nullable(),
  state: z.enum(['pending', 'online', 'reconnecting', 'offline']),
  since: z.string(),
  /** When that socket opened. */
  opened_at: z.string().nullable().default(null),
  last_seen_at: z.string().nullable(),
  ocpp_version: OcppVersion.nullable().default(null),
  /** How much of what is said over it is kept. */
  ocpp_log: LogLevel.default('all'),
  remote_ip: z.string().nullable().default(null),
  version: z.int(),
});
export type Connection = z.infer<typeof Connection>;

export const ChargerStatus = z
  .enum(['pending', 'offline', 'faulted', 'unavailable', 'available', 'in_use', 'reserved'])
  .meta({ id: 'ChargerStatus', description: 'Our roll-up of connectivity and connectors.' });

export const Connectivity = z
  .object({
    state: z.enum(['pending', 'online', 'reconnecting', 'offline', 'blocked', 'decommissioned']),
    since: z.iso.datetime().nullable(),
    last_seen_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Connectivity' });

/** A charger as the API shows it. */
export const ChargerView = z
  .object({
    id: z.string().meta({ example: 'BLR-014' }),
    model: z.string().nullable().meta({ example: 'MX-EV-22' }),
    status: ChargerStatus,
    connectors: z.array(ConnectorView),
    name: z.string().nullable(),
    site_id: z.string().nullable(),
    vendor_name: z.string().nullable(),
    serial_number: z.string().nullable(),
    firmware_version: z.string().nullable(),
    ocpp_version: OcppVersion.nullable(),
    ocpp_identity: z.string(),
    security_profile: z.int(),
    registration: Registration,
    connectivity: Connectivity,
    capabilities: Capabilities,
    labels: z.array(z.string()),
    external_ref: z.string().nullable(),
    ocpp_log: LogLevel.nullable(),
    metadata: Metadata,
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'Charger', description: 'A charging station.' });
export type ChargerView = z.infer<typeof ChargerView>;
