import { serveSubscriber } from '#shared/aws/serve-queue.ts';
import { ChargerBooted } from '#shared/chargers/events.ts';
import { readOnBoot } from '#shared/configuration/read-on-boot.ts';
import { defineSubscriber } from '#shared/events/subscriber.ts';

export const subscriber = defineSubscriber({
  id: 'read-configuration',
  summary: 'Reads the configuration of a charger that has booted, where the organization wants it',
  on: [ChargerBooted],
  handle: (event, ctx) => readOnBoot(ctx, event.subject.id, event.id),
});

export const handler = serveSubscriber(subscriber);
