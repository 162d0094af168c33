import * as z from 'zod';
import {
  OwnCertificate,
  RootCertificate,
  SigningRequest,
} from '#simulator/certificates/held-certificate.ts';
import { DisplayMessage } from '#simulator/display/display-message.ts';
import { FirmwareJob, PublishJob } from '#simulator/firmware/firmware-job.ts';
import { LocalList } from '#simulator/local-list/local-list.ts';
import { LogJob, SecurityEvent } from '#simulator/logs/log-job.ts';
import { Monitoring } from '#simulator/monitoring/monitor.ts';
import { ChargingProfile } from '#simulator/profiles/charging-profile.ts';
import { Reservation } from '#simulator/reservations/reservation.ts';

const listOf = <T extends z.ZodType>(shape: T) => z.array(shape).readonly().default([]);

/** A limit that is not the platform's: of the grid, or of the building. */
export const ExternalLimit = z.object({
  connectorId: z.int(),
  watts: z.number().nonnegative(),
  source: z.enum(['EMS', 'Other', 'SO']),
});
export type ExternalLimit = z.infer<typeof ExternalLimit>;

const NetworkProfile = z.object({ slot: z.int(), raw: z.record(z.string(), z.unknown()) });

/**
 * What the platform deposited with the charger and what it is busy with. A part is never changed
 * but replaced, so that the steps of a charger share what stays the same.
 */
export const Store = z.object({
  localList: LocalList.default({ version: 0, tags: [] }),
  reservations: listOf(Reservation),
  profiles: listOf(ChargingProfile),
  externalLimits: listOf(ExternalLimit),
  firmware: FirmwareJob.nullable().default(null),
  publishing: PublishJob.nullable().default(null),
  published: listOf(z.object({ checksum: z.string(), url: z.string() })),
  log: LogJob.nullable().default(null),
  securityEvents: listOf(SecurityEvent),
  roots: listOf(RootCertificate),
  own: listOf(OwnCertificate),
  signing: listOf(SigningRequest),
  /** What the platform last found out for us: of OCSP, and of a car's contract. */
  ocspResult: z.string().nullable().default(null),
  exiResponse: z.string().nullable().default(null),
  monitoring: Monitoring.prefault({}),
  messages: listOf(DisplayMessage),
  networkProfiles: listOf(NetworkProfile),
});
export type Store = z.infer<typeof Store>;

export const emptyStore = (): Store => EMPTY;
const EMPTY = Store.parse({});

/** Puts new parts in the place of the old ones. */
export function keep(state: { store: Store }, parts: Partial<Store>): void {
  state.store = { ...state.store, ...parts };
}
