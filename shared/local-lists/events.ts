import { defineEvent } from '#shared/events/event.ts';
import { LocalListView } from '#shared/local-lists/local-list.ts';

export const LocalListSynced = defineEvent({
  name: 'local_list.synced',
  object: 'local_list',
  channels: ['webhook'],
  when: 'Charger confirmed a local list version',
  data: LocalListView,
  example: {
    charger_id: 'BLR-014',
    version: 12,
    entries: 240,
    left_out: 0,
    mode: 'differential',
    sent: 3,
    synced_at: '2026-05-27T14:03:22.341Z',
    livemode: true,
    resource_version: 12,
  },
});
