import { defineOutbound } from '#shared/ocpp/action.ts';
import { SetProfileInput, scheduleOf, validityOf } from '#shared/ocpp/inputs/profile-input.ts';
import { purposeName } from '#shared/ocpp/v201/profile-words.ts';

/** EVSE 0 is the charging station, or each of its EVSEs for a default (K01). */
export const setChargingProfile = defineOutbound('ocpp2.0.1', 'SetChargingProfile', {
  command: 'set_charging_profile',
  capability: 'smart_charging',
  example: {
    evseId: 1,
    chargingProfile: {
      id: 7,
      stackLevel: 0,
      chargingProfilePurpose: 'TxDefaultProfile',
      chargingProfileKind: 'Absolute',
      chargingSchedule: [
        {
          id: 7,
          startSchedule: '2026-11-22T10:00:00Z',
          chargingRateUnit: 'A',
          chargingSchedulePeriod: [{ startPeriod: 0, limit: 16.3, numberPhases: 3 }],
        },
      ],
    },
  },
  toRequest(input) {
    const { profile, evse_id } = SetProfileInput.parse(input);
    const { number, purpose, stack_level, transaction_id } = profile;
    return {
      evseId: evse_id,
      chargingProfile: {
        id: number,
        stackLevel: stack_level,
        chargingProfilePurpose: purposeName[purpose],
        ...validityOf(profile),
        ...(transaction_id === null ? {} : { transactionId: transaction_id }),
        chargingSchedule: [{ id: number, ...scheduleOf(profile) }],
      },
    };
  },
});
