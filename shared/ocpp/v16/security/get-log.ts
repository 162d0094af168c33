import { UPLOAD_LOG } from '#shared/diagnostics/log-command.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import { getLogOutcome, getLogRequest } from '#shared/ocpp/words/log-words.ts';

/** A log by the security extension: the security log, and diagnostics of a charger without GetDiagnostics. */
export const getLog = defineOutbound('ocpp1.6', 'GetLog', {
  command: UPLOAD_LOG,
  capability: 'security_log',
  example: {
    logType: 'SecurityLog',
    requestId: 7,
    log: { remoteLocation: 'https://example.com/files/diagnostics/log' },
  },
  toRequest: getLogRequest,
  outcomeOf: getLogOutcome,
});
