import { defineOutbound } from '#shared/ocpp/action.ts';
import { purposeName } from '#shared/ocpp/v16/profile-purpose.ts';
import { clearedOutcome } from '#shared/ocpp/words/cleared-outcome.ts';
import { Criteria } from '#shared/smart-charging/clear-charging-profiles.ts';

/**
 * Takes charging profiles away, by their number or by what they are for; what is believed of the
 * charger follows.
 */
export const clearChargingProfile = defineOutbound('ocpp1.6', 'ClearChargingProfile', {
  command: 'clear_charging_profiles',
  capability: 'smart_charging',
  example: { connectorId: 1, chargingProfilePurpose: 'TxDefaultProfile' },
  toRequest(input) {
    const { number, purpose, connector, stack_level } = Criteria.parse(input);
    if (number !== undefined) return { id: number };
    return {
      ...(connector === undefined ? {} : { connectorId: connector }),
      ...(purpose === undefined ? {} : { chargingProfilePurpose: purposeName[purpose] }),
      ...(stack_level === undefined ? {} : { stackLevel: stack_level }),
    };
  },
  outcomeOf: ({ status }) => clearedOutcome(status),
});
