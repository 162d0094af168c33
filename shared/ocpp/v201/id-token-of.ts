import type { IdTokenType } from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';

/** How a kind of token of ours is called in 2.0.1; what we issue ourselves is Central. */
const types: Readonly<Record<string, IdTokenType['type']>> = {
  rfid: 'ISO14443',
  emaid: 'eMAID',
  autocharge: 'MacAddress',
};

/** A token as OCPP 2.0.1 names it. */
export const idTokenOf = ({ uid, type }: { uid: string; type: string }): IdTokenType => ({
  idToken: uid,
  type: types[type] ?? 'Central',
});
