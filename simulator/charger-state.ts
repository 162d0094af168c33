import * as z from 'zod';
import { Contract } from '#simulator/certificates/contract.ts';
import { ChargerOptions } from '#simulator/charger-options.ts';
import { Car, ChargerSpec, ConnectorSpec } from '#simulator/charger-spec.ts';
import { Misbehaviour } from '#simulator/misbehaviour.ts';
import { ChargingProfile } from '#simulator/profiles/charging-profile.ts';
import { emptyStore, Store } from '#simulator/store.ts';

const Instant = z.number();

/** Why a transaction ended, in nobody's dialect. */
export const StopCause = z.enum([
  'local',
  'remote',
  'unplugged',
  'unlock',
  'soft_reset',
  'hard_reset',
  'power_loss',
  'fault',
  'deauthorized',
]);
export type StopCause = z.infer<typeof StopCause>;

export const Tag = z.object({ id: z.string(), kind: z.string() });
export type Tag = z.infer<typeof Tag>;

/** A permission to charge that still lacks a cable, an answer, or nothing. */
export const Grant = z.object({
  tag: Tag,
  remote: z.boolean(),
  remoteStartId: z.int().nullable(),
  expiresAt: Instant,
  group: z.string().nullable().default(null),
  contract: Contract.nullable().default(null),
  /** The profile that came with a remote start. */
  profile: ChargingProfile.nullable().default(null),
});
export type Grant = z.infer<typeof Grant>;

/** One measurement of everything a meter shows. */
export const Reading = z.object({
  at: Instant,
  context: z.enum([
    'Transaction.Begin',
    'Sample.Periodic',
    'Sample.Clock',
    'Transaction.End',
    'Trigger',
  ]),
  energyWh: z.number(),
  powerW: z.number(),
  phases: z.array(z.object({ name: z.string(), volts: z.number(), amps: z.number() })),
  socPercent: z.number().nullable(),
});
export type Reading = z.infer<typeof Reading>;

export const Session = z.object({
  /** Our own count: it names the transaction until the platform has given it an id. */
  number: z.int(),
  /** 2.0.1 only, where the charger names the transaction. */
  id: z.string(),
  tag: Tag,
  remoteStartId: z.int().nullable(),
  startedAt: Instant,
  meterStartWh: z.int(),
  seqNo: z.int(),
  /** Null when no samples are wanted. */
  sampleDueAt: Instant.nullable(),
  reportedFlow: z.string(),
  begin: Reading,
  mischiefDone: z.array(z.string()),
  /** The register when it began. */
  registerStartWh: z.number().default(0),
  /** Who may stop it too. */
  group: z.string().nullable().default(null),
  reservationId: z.int().nullable().default(null),
  /** The running cost the platform lets us show. */
  cost: z.number().nullable().default(null),
  reportedLimitW: z.number().nullable().default(null),
});
export type Session = z.infer<typeof Session>;

export const Connector = ConnectorSpec.extend({
  registerWh: z.number(),
  car: Car.nullable(),
  operative: z.boolean(),
  /** An availability change that waits for the end of a transaction. */
  scheduledOperative: z.boolean().nullable(),
  fault: z.string().nullable(),
  grant: Grant.nullable(),
  /** A grant for which Authorize is under way. */
  authorizing: Grant.nullable(),
  session: Session.nullable(),
  finishing: z.boolean(),
  plugInAt: Instant.nullable(),
  unplugAt: Instant.nullable(),
  reportedStatus: z.string().nullable(),
  /** The most that may flow now; null: as much as is built for. */
  limitW: z.number().nullable().default(null),
  /** Kept for somebody. */
  reserved: z.boolean().default(false),
  /** A reset of this EVSE alone (2.0.1): after its transaction, or until it is up again. */
  reset: z.enum(['waiting', 'down']).nullable().default(null),
  upAt: Instant.nullable().default(null),
  /** The contract of the car that is plugged in, where it has one. */
  contract: Contract.nullable().default(null),
});
export type Connector = z.infer<typeof Connector>;

/** A CALL of ours, waiting or under way. */
export const PendingCall = z.object({
  id: z.string(),
  action: z.string(),
  payload: z.record(z.string(), z.unknown()),
  connectorId: z.int().nullable(),
  /** Set on transaction-related messages: kept over disconnects and repeated until answered. */
  transaction: z.int().nullable(),
  role: z.enum(['start', 'meter', 'end', 'other']),
  /** May be sent before the platform has accepted us. */
  early: z.boolean(),
  attempts: z.int(),
  repeats: z.int(),
  notBefore: Instant,
  timeoutAt: Instant,
  overtaken: z.boolean(),
  /** Waits out a disconnect, as transactions do. */
  kept: z.boolean().default(false),
  /** What to remember until the answer is there. */
  about: z.string().nullable().default(null),
});
export type PendingCall = z.infer<typeof PendingCall>;

/** Everything a charger remembers. Plain JSON, so that it can be saved and restored as it is. */
export const ChargerState = z.object({
  spec: ChargerSpec,
  options: ChargerOptions,
  misbehave: Misbehaviour,
  now: Instant,
  random: z.int(),
  /** The cable to the network is in; without it the client must not connect. */
  network: z.boolean(),
  online: z.boolean(),
  registration: z.enum(['unknown', 'pending', 'rejected', 'accepted']),
  bootReason: z.enum(['power_up', 'remote_reset', 'firmware_update']),
  bootDueAt: Instant.nullable(),
  heartbeatDueAt: Instant.nullable(),
  reboot: z
    .object({ phase: z.enum(['waiting', 'draining', 'down']), until: Instant.nullable() })
    .nullable(),
  reportedStatus: z.string().nullable(),
  variables: z.record(z.string(), z.string()),
  acceptedTags: z.array(z.string()),
  connectors: z.array(Connector),
  lastTransaction: z.int(),
  /** Transaction ids as given by the platform, by our own count (1.6). */
  transactionIds: z.record(z.string(), z.int()),
  inFlight: PendingCall.nullable(),
  queue: z.array(PendingCall),
  lateAnswers: z.array(z.object({ at: Instant, text: z.string() })),
  store: Store.default(emptyStore),
  /** When the limits of charging change next. */
  limitsDueAt: Instant.nullable().default(null),
  alignedDueAt: Instant.nullable().default(null),
  /** When to come back with credentials or an address just set. */
  reconnectAt: Instant.nullable().default(null),
  lastFrameAt: Instant.default(0),
  /** Calls sent since the last boot. */
  messageCount: z.int().default(0),
  /** Whether this connection is a later one of the same boot. */
  isReconnected: z.boolean().default(false),
  /** Of a charger that misbehaves: events kept back, and what it says once more, or late. */
  keptBack: z.array(PendingCall).default([]),
  postponed: z.array(z.object({ at: Instant, call: PendingCall })).default([]),
});
export type ChargerState = z.infer<typeof ChargerState>;
