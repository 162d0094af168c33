import { defineOutbound } from '#shared/ocpp/action.ts';
import { purposeName } from '#shared/ocpp/v201/profile-words.ts';
import { clearedOutcome } from '#shared/ocpp/words/cleared-outcome.ts';
import { Criteria } from '#shared/smart-charging/clear-charging-profiles.ts';

/** Either one by its id, or all that fit (K10). */
export const clearChargingProfile = defineOutbound('ocpp2.0.1', 'ClearChargingProfile', {
  command: 'clear_charging_profiles',
  capability: 'smart_charging',
  example: { chargingProfileCriteria: { evseId: 1, chargingProfilePurpose: 'TxDefaultProfile' } },
  toRequest(input) {
    const { number, purpose, evse_id, stack_level } = Criteria.parse(input);
    if (number !== undefined) return { chargingProfileId: number };
    return {
      chargingProfileCriteria: {
        ...(evse_id === undefined ? {} : { evseId: evse_id }),
        ...(purpose === undefined ? {} : { chargingProfilePurpose: purposeName[purpose] }),
        ...(stack_level === undefined ? {} : { stackLevel: stack_level }),
      },
    };
  },
  outcomeOf: ({ status }) => clearedOutcome(status),
});
