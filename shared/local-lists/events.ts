import { defineEvent } from '#shared/events/event.ts';
import { LocalListView } from '#shared/local-lists/local-list.ts';

export const LocalListSynced = defineEvent({
  name: 'local_list.synced',
  object: 'local_list',
  channels: ['webhook'],
  when: 'Charger confirmed a local list version',
  data: LocalListView,
});
