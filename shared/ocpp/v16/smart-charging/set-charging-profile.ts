import { AppError } from '#shared/core/errors.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import { SetProfileInput, scheduleOf, validityOf } from '#shared/ocpp/inputs/profile-input.ts';
import { purposeName } from '#shared/ocpp/v16/profile-purpose.ts';

/** Connector 0 is the whole charger, or each of its connectors for a default. */
export const setChargingProfile = defineOutbound('ocpp1.6', 'SetChargingProfile', {
  command: 'set_charging_profile',
  capability: 'smart_charging',
  example: {
    connectorId: 1,
    csChargingProfiles: {
      chargingProfileId: 7,
      stackLevel: 0,
      chargingProfilePurpose: 'TxDefaultProfile',
      chargingProfileKind: 'Absolute',
      chargingSchedule: {
        startSchedule: '2026-11-22T10:00:00Z',
        chargingRateUnit: 'A',
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 16.3, numberPhases: 3 }],
      },
    },
  },
  toRequest(input) {
    const { profile } = SetProfileInput.parse(input);
    const { number, purpose, stack_level, transaction_id } = profile;
    if (purpose === 'external')
      throw new AppError('capability_not_supported', 'OCPP 1.6 has no such purpose.');
    return {
      connectorId: profile.connector ?? 0,
      csChargingProfiles: {
        chargingProfileId: number,
        ...(transaction_id === null ? {} : { transactionId: Number(transaction_id) }),
        stackLevel: stack_level,
        chargingProfilePurpose: purposeName[purpose],
        ...validityOf(profile),
        chargingSchedule: scheduleOf(profile),
      },
    };
  },
});
