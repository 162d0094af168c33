import * as z from 'zod';
import { Car, ChargerSpec, ConnectorSpec } from '#simulator/charger-spec.ts';
import { Misbehaviour } from '#simulator/misbehaviour.ts';

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
});
export type Grant = z.infer<typeof Grant>;

/** One measurement of everything a meter shows. */
export const Reading = z.object({
  at: Instant,
  context: z.enum(['Transaction.Begin', 'Sample.Periodic', 'Transaction.End', 'Trigger']),
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
});
export type PendingCall = z.infer<typeof PendingCall>;

export const ChargerOptions = z.object({
  seed: z.int().default(1),
  /** Charging and metering run this many times faster; clocks and timeouts do not. */
  speed: z.number().positive().default(1),
  /** How long a remotely started driver takes to plug in; null: never by himself. */
  plugInDelayMs: z.int().nonnegative().nullable().default(2000),
  /** How long a car stays after its transaction ended; null: until told. */
  unplugDelayMs: z.int().nonnegative().nullable().default(15_000),
  rebootMs: z.int().nonnegative().default(3000),
  callTimeoutMs: z.int().positive().default(30_000),
  /** Overrules the interval the platform asks for. */
  heartbeatSeconds: z.int().positive().nullable().default(null),
  /** Configuration keys that differ from the dialect's defaults. */
  variables: z.record(z.string(), z.string()).default({}),
});
export type ChargerOptions = z.infer<typeof ChargerOptions>;
/** Options as somebody chooses them: what he leaves out is settled by default. */
export type ChosenOptions = z.input<typeof ChargerOptions>;

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
  bootReason: z.enum(['power_up', 'remote_reset']),
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
});
export type ChargerState = z.infer<typeof ChargerState>;
