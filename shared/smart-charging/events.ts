import { defineEvent } from '#shared/events/event.ts';
import { ChargingProfile } from '#shared/smart-charging/charging-profile.ts';

const of = { object: 'charging_profile', channels: ['webhook'], data: ChargingProfile } as const;

export const ChargingProfileApplied = defineEvent({
  ...of,
  name: 'charging_profile.applied',
  when: 'Charger accepted a profile',
});
export const ChargingProfileRejected = defineEvent({
  ...of,
  name: 'charging_profile.rejected',
  when: 'Charger refused a profile',
});
