import { defineEvent } from '#shared/events/event.ts';
import { ChargingProfile } from '#shared/smart-charging/charging-profile.ts';
import { profileExample } from '#shared/smart-charging/profile-example.ts';

const of = { object: 'charging_profile', channels: ['webhook'], data: ChargingProfile } as const;

export const ChargingProfileApplied = defineEvent({
  ...of,
  name: 'charging_profile.applied',
  example: profileExample,
  when: 'Charger accepted a profile',
});
export const ChargingProfileRejected = defineEvent({
  ...of,
  name: 'charging_profile.rejected',
  example: { ...profileExample, status: 'rejected' },
  when: 'Charger refused a profile',
});
