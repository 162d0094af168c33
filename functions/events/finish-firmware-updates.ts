import { serveSubscriber } from '#shared/aws/serve-queue.ts';
import { ChargerBooted } from '#shared/chargers/events.ts';
import { defineSubscriber } from '#shared/events/subscriber.ts';
import { finishUpdateOnBoot } from '#shared/firmware/finish-on-boot.ts';

export const subscriber = defineSubscriber({
  id: 'finish-firmware-updates',
  summary: 'Ends a firmware update whose version a charger runs after it has started',
  on: [ChargerBooted],
  async handle({ subject, data }, ctx) {
    const { firmware_version } = ChargerBooted.data.parse(data.object);
    await finishUpdateOnBoot(ctx, subject.id, firmware_version);
  },
});

export const handler = serveSubscriber(subscriber);
