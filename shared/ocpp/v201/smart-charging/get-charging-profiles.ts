import * as z from 'zod';
import { defineOutbound } from '#shared/ocpp/action.ts';

const Input = z.object({ number: z.int() });
const SOURCES = ['CSO', 'EMS', 'SO', 'Other'] as const;
const REPORTS_WITHIN_S = 120;

/** Those of all sources: the profiles follow as reports (K09). */
export const getChargingProfiles = defineOutbound('ocpp2.0.1', 'GetChargingProfiles', {
  command: 'get_charging_profiles',
  capability: 'charging_profile_report',
  example: { requestId: 7, chargingProfile: { chargingLimitSource: ['CSO'] } },
  toRequest: (input) => ({
    requestId: Input.parse(input).number,
    chargingProfile: { chargingLimitSource: [...SOURCES] },
  }),
  outcomeOf: ({ status }) =>
    status === 'NoProfiles'
      ? { status: 'completed', outcome: 'no_profiles', data: { profiles: 0 } }
      : { status: 'accepted', outcome: 'accepted', followUpSeconds: REPORTS_WITHIN_S },
});
