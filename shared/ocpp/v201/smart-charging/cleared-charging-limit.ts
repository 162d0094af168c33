import { defineInbound } from '#shared/ocpp/action.ts';
import { sourceOf } from '#shared/ocpp/v201/profile-words.ts';
import { freedFromOutside } from '#shared/smart-charging/outside-limit.ts';

/** A limit set by somebody else is lifted (K13). */
export const clearedChargingLimit = defineInbound('ocpp2.0.1', 'ClearedChargingLimit', {
  example: { chargingLimitSource: 'EMS', evseId: 1 },
  async handle({ request: { chargingLimitSource, evseId }, peer }, ctx) {
    await freedFromOutside(ctx, peer.chargerId, sourceOf[chargingLimitSource], evseId);
    return {};
  },
});
