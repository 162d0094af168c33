import { defineOutbound } from '#shared/ocpp/action.ts';
import { listVersion } from '#shared/ocpp/words/list-version.ts';

/** Which version of the local list the charger has; 0 where it has none (D02). */
export const getLocalListVersion = defineOutbound('ocpp2.0.1', 'GetLocalListVersion', {
  command: 'get_local_list_version',
  capability: 'local_list',
  example: {},
  toRequest: () => ({}),
  outcomeOf: ({ versionNumber }) => listVersion(versionNumber),
});
