import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import type { Payload } from '#simulator/turn.ts';

const LONG_MODEL = 'A model whose name is longer than any schema would have it';

/** A payload as a charger sends it that does not mind the schema. */
export function distorted(misbehave: Misbehaviour, action: string, payload: Payload): Payload {
  const { longModel, extraProperties } = misbehave;
  const named = longModel && action === 'BootNotification' ? withModel(payload) : payload;
  return extraProperties ? { ...named, vendorExtra: { level: 11 } } : named;
}

function withModel(payload: Payload): Payload {
  const { chargingStation } = payload;
  if (typeof chargingStation !== 'object') return { ...payload, chargePointModel: LONG_MODEL };
  return { ...payload, chargingStation: { ...chargingStation, model: LONG_MODEL } };
}
