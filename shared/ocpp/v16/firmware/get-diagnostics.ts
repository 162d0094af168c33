import { UPLOAD_LOG, UploadLogInput } from '#shared/diagnostics/log-command.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import { retriesOf, uploadBegins } from '#shared/ocpp/words/log-words.ts';

/**
 * Has the charger upload its diagnostics to a URL that is good for that alone. A security log takes
 * the security extension's GetLog.
 */
export const getDiagnostics = defineOutbound('ocpp1.6', 'GetDiagnostics', {
  command: UPLOAD_LOG,
  capability: 'diagnostics',
  fits: (input) => UploadLogInput.parse(input).kind === 'diagnostics',
  example: {
    location: 'https://example.com/files/diagnostics/log',
    startTime: '2026-05-31T00:00:00Z',
    retries: 3,
    retryInterval: 60,
  },
  toRequest(input) {
    const { location, oldest_at, latest_at, ...again } = UploadLogInput.parse(input);
    return {
      location,
      ...(oldest_at === undefined ? {} : { startTime: oldest_at }),
      ...(latest_at === undefined ? {} : { stopTime: latest_at }),
      ...retriesOf(again),
    };
  },
  outcomeOf: ({ fileName }) => uploadBegins(fileName),
});
