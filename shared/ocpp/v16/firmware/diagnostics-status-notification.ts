import { recordLogStatus } from '#shared/diagnostics/record-log-status.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import { logReports } from '#shared/ocpp/words/log-words.ts';

/** Says how an upload goes, but not which: the newest request is meant. */
export const diagnosticsStatusNotification = defineInbound(
  'ocpp1.6',
  'DiagnosticsStatusNotification',
  {
    example: { status: 'Uploading' },
    async handle({ request: { status }, peer }, ctx) {
      await recordLogStatus(ctx, peer.chargerId, { report: logReports[status] });
      return {};
    },
  },
);
