import { nextSigningAt, tendSigning } from '#simulator/certificates/signing.ts';
import type { ChargerState } from '#simulator/charger-state.ts';
import { evseUpAt, tendEvseResets } from '#simulator/charging/evse-reset.ts';
import { reconnectionDueAt, tendReconnection } from '#simulator/charging/registration.ts';
import { takeAlignedReadings } from '#simulator/charging/session.ts';
import { publicationDueAt, tendPublication } from '#simulator/firmware/publish-firmware.ts';
import { firmwareDueAt, tendFirmware } from '#simulator/firmware/update-firmware.ts';
import { logDueAt, tendLog } from '#simulator/logs/upload-log.ts';
import { nextExpiryAt, tendReservations } from '#simulator/reservations/reserve.ts';
import { nextPostponedAt, sendPostponed } from '#simulator/rpc/repeats.ts';
import type { Turn } from '#simulator/turn.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** A thing a charger does by the clock: it is done in every step, and `dueAt` asks for a step. */
type Facility = { tend(turn: Turn): void; dueAt(state: ChargerState): number };

export const FACILITIES: readonly Facility[] = [
  { tend: tendEvseResets, dueAt: evseUpAt },
  { tend: tendReservations, dueAt: nextExpiryAt },
  { tend: takeAlignedReadings, dueAt: ({ alignedDueAt }) => alignedDueAt ?? NEVER },
  { tend: tendFirmware, dueAt: firmwareDueAt },
  { tend: tendPublication, dueAt: publicationDueAt },
  { tend: tendLog, dueAt: logDueAt },
  { tend: tendSigning, dueAt: nextSigningAt },
  { tend: sendPostponed, dueAt: nextPostponedAt },
  { tend: tendReconnection, dueAt: reconnectionDueAt },
];
