import { recordLogStatus } from '#shared/diagnostics/record-log-status.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import { logReports } from '#shared/ocpp/words/log-words.ts';

/** How an upload by GetLog goes. */
export const logStatusNotification = defineInbound('ocpp1.6', 'LogStatusNotification', {
  example: { status: 'Uploading', requestId: 7 },
  async handle({ request: { status, requestId }, peer }, ctx) {
    const report = logReports[status];
    await recordLogStatus(ctx, peer.chargerId, { report, requestNumber: requestId });
    return {};
  },
});
