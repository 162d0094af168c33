import * as z from 'zod';
import { ChargerView } from '#shared/chargers/charger.ts';
import {
  chargerExample,
  newChargerExample,
  offlineExample,
  unclaimedExample,
} from '#shared/chargers/charger-example.ts';
import { defineEvent } from '#shared/events/event.ts';

const of = { object: 'charger', data: ChargerView, example: chargerExample } as const;

export const ChargerCreated = defineEvent({
  ...of,
  name: 'charger.created',
  example: newChargerExample,
  channels: ['webhook'],
  when: 'Charger registered',
});
export const ChargerUpdated = defineEvent({
  ...of,
  name: 'charger.updated',
  channels: ['webhook'],
  when: 'Attributes, site or labels changed',
});
export const ChargerDeleted = defineEvent({
  ...of,
  name: 'charger.deleted',
  channels: ['webhook'],
  when: 'Decommissioned',
});
export const ChargerOnline = defineEvent({
  ...of,
  name: 'charger.online',
  channels: ['webhook', 'live'],
  core: true,
  when: 'Connected after a confirmed offline period, or for the first time',
});
export const ChargerOffline = defineEvent({
  ...of,
  name: 'charger.offline',
  channels: ['webhook', 'live'],
  example: offlineExample,
  core: true,
  when: 'Disconnected longer than the grace period (90 seconds by default)',
});
export const ChargerBooted = defineEvent({
  ...of,
  name: 'charger.booted',
  channels: ['webhook'],
  when: 'Boot notification accepted',
});

export const ChargerCredentialsRotated = defineEvent({
  ...of,
  name: 'charger.credentials_rotated',
  channels: ['webhook'],
  when: 'New credentials, or another security profile, confirmed in use',
});

export const UnclaimedCharger = z
  .object({
    identity: z.string(),
    vendor_name: z.string().nullable(),
    model: z.string().nullable(),
    serial_number: z.string().nullable(),
    remote_ip: z.string().nullable(),
    reason: z.enum(['not_registered', 'bad_credentials']),
    attempts: z.int(),
    first_attempt_at: z.iso.datetime(),
    last_attempt_at: z.iso.datetime(),
  })
  .meta({
    id: 'UnclaimedCharger',
    description: 'An identity that tried to connect and was refused.',
  });
export type UnclaimedCharger = z.infer<typeof UnclaimedCharger>;

export const ChargerUnclaimedConnection = defineEvent({
  name: 'charger.unclaimed_connection',
  object: 'unclaimed_charger',
  channels: ['webhook'],
  when: 'An unregistered identity tried to connect (once per identity per hour)',
  data: UnclaimedCharger,
  example: unclaimedExample,
});

export const DataTransferReceived = z
  .object({
    charger_id: z.string(),
    vendor_id: z.string(),
    message_id: z.string().nullable(),
    data: z
      .string()
      .nullable()
      .meta({ description: 'Text; what a charger sent as JSON, as its text.' }),
    received_at: z.iso.datetime(),
  })
  .meta({ id: 'DataTransferReceived', description: "A vendor's own message from a charger." });

export const ChargerDataTransferReceived = defineEvent({
  name: 'charger.data_transfer_received',
  object: 'data_transfer',
  channels: ['webhook'],
  when: 'Vendor message from the charger',
  data: DataTransferReceived,
  example: {
    charger_id: 'BLR-014',
    vendor_id: 'com.example.lock',
    message_id: 'hatch',
    data: 'open',
    received_at: '2026-05-27T14:03:22.000Z',
  },
});
