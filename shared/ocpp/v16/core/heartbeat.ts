import { seen } from '#shared/chargers/seen.ts';
import { isoNow } from '#shared/core/context.ts';
import { defineInbound } from '#shared/ocpp/action.ts';

/** The charger is alive, and sets its clock by the answer. */
export const heartbeat = defineInbound('ocpp1.6', 'Heartbeat', {
  example: {},
  async handle({ peer }, ctx) {
    await seen(ctx, peer.chargerId);
    return { currentTime: isoNow(ctx) };
  },
});
