import { type ListItem, ListMessage } from '#shared/local-lists/list-entry.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import { parentOf, validUntil } from '#shared/ocpp/v16/id-tag-info.ts';

const types = { full: 'Full', differential: 'Differential' } as const;

/**
 * Gives the charger its list of tokens, whole or what has changed. An entry without idTagInfo takes
 * its tag off the list (1.6 §5.15).
 */
export const sendLocalList = defineOutbound('ocpp1.6', 'SendLocalList', {
  command: 'send_local_list',
  capability: 'local_list',
  example: {
    listVersion: 3,
    updateType: 'Differential',
    localAuthorizationList: [
      { idTag: '04A2B3C4D5', idTagInfo: { status: 'Accepted' } },
      { idTag: '04F1E2D3C4' },
    ],
  },
  toRequest(input) {
    const { mode, version, items } = ListMessage.parse(input);
    return {
      listVersion: version,
      updateType: types[mode],
      localAuthorizationList: items.map(entryOf),
    };
  },
});

type Entry = NonNullable<
  Payload<'ocpp1.6', 'SendLocalList', 'request'>['localAuthorizationList']
>[number];

const entryOf = ({ uid, removed, group_id, valid_until }: ListItem): Entry =>
  removed
    ? { idTag: uid }
    : {
        idTag: uid,
        idTagInfo: { status: 'Accepted', ...validUntil(valid_until), ...parentOf(group_id) },
      };
