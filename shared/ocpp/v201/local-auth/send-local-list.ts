import { type ListItem, ListMessage } from '#shared/local-lists/list-entry.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import type { AuthorizationData } from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';
import { groupOf, validUntil } from '#shared/ocpp/v201/id-token-info.ts';
import { idTokenOf } from '#shared/ocpp/v201/id-token-of.ts';

const types = { full: 'Full', differential: 'Differential' } as const;

/**
 * Gives the charger its list of tokens, whole or what has changed (D01): an entry without
 * idTokenInfo takes its token off the list; a list is empty by having none.
 */
export const sendLocalList = defineOutbound('ocpp2.0.1', 'SendLocalList', {
  command: 'send_local_list',
  capability: 'local_list',
  example: {
    versionNumber: 3,
    updateType: 'Differential',
    localAuthorizationList: [
      {
        idToken: { idToken: '04A2B3C4D5', type: 'ISO14443' },
        idTokenInfo: { status: 'Accepted' },
      },
      { idToken: { idToken: '04F1E2D3C4', type: 'ISO14443' } },
    ],
  },
  toRequest(input) {
    const { mode, version, items } = ListMessage.parse(input);
    return {
      versionNumber: version,
      updateType: types[mode],
      ...(items.length > 0 ? { localAuthorizationList: items.map(entryOf) } : {}),
    };
  },
});

const entryOf = ({ removed, group_id, valid_until, ...token }: ListItem): AuthorizationData => ({
  idToken: idTokenOf(token),
  ...(removed
    ? {}
    : { idTokenInfo: { status: 'Accepted', ...validUntil(valid_until), ...groupOf(group_id) } }),
});
