import { defineEvent } from '#shared/events/event.ts';
import { SiteTariff } from '#shared/tariffs/site-tariff.ts';
import { exampleTariff } from '#shared/tariffs/tariff-example.ts';

export const TariffUpdated = defineEvent({
  name: 'tariff.updated',
  object: 'tariff',
  channels: ['webhook'],
  when: 'Tariff in force at a site changed or a change was scheduled',
  data: SiteTariff,
  example: exampleTariff,
  core: true,
});
