import { defineOutbound } from '#shared/ocpp/action.ts';
import { listVersion } from '#shared/ocpp/words/list-version.ts';

/** Which version of the local list the charger has; -1 where it keeps none. */
export const getLocalListVersion = defineOutbound('ocpp1.6', 'GetLocalListVersion', {
  command: 'get_local_list_version',
  capability: 'local_list',
  example: {},
  toRequest: () => ({}),
  outcomeOf: ({ listVersion: version }) => listVersion(version),
});
