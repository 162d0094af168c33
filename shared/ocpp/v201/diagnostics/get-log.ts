import { UPLOAD_LOG } from '#shared/diagnostics/log-command.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import { getLogOutcome, getLogRequest } from '#shared/ocpp/words/log-words.ts';

/**
 * Has the charger upload its diagnostics or security log to a URL that is good for that alone
 * (N01).
 */
export const getLog = defineOutbound('ocpp2.0.1', 'GetLog', {
  command: UPLOAD_LOG,
  capability: 'diagnostics',
  example: {
    logType: 'DiagnosticsLog',
    requestId: 7,
    log: { remoteLocation: 'https://example.com/files/diagnostics/log' },
  },
  toRequest: getLogRequest,
  outcomeOf: getLogOutcome,
});
