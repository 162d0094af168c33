import { maskedDriverExample } from '#shared/drivers/driver-example.ts';
import { DriverView } from '#shared/drivers/driver-view.ts';
import { defineEvent } from '#shared/events/event.ts';

/** Email and phone are masked in them, for whomever they go to. */
const of = { object: 'driver', channels: ['webhook'], data: DriverView } as const;

export const DriverCreated = defineEvent({
  ...of,
  name: 'driver.created',
  example: maskedDriverExample,
  when: 'Driver created or first signed in; email and phone masked',
});
export const DriverUpdated = defineEvent({
  ...of,
  name: 'driver.updated',
  example: maskedDriverExample,
  when: 'Profile or status changed; email and phone masked',
});
