import { defineEvent } from '#shared/events/event.ts';
import { SiteView } from '#shared/sites/site.ts';
import { siteExample } from '#shared/sites/site-example.ts';

const of = { object: 'site', channels: ['webhook'], data: SiteView, example: siteExample } as const;

export const SiteCreated = defineEvent({ ...of, name: 'site.created', when: 'Site created' });
export const SiteUpdated = defineEvent({
  ...of,
  name: 'site.updated',
  when: 'Site changed, opened or closed',
});
