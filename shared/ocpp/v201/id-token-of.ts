import type { IdTokenType } from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';
import type { Shown } from '#shared/tokens/authorize.ts';

/** How a kind of token of ours is called in 2.0.1; what we issue ourselves is Central. */
const types: Readonly<Record<string, IdTokenType['type']>> = {
  emaid: 'eMAID',
  autocharge: 'MacAddress',
};
/** ISO/IEC 15693-3 §4.1: eight bytes, of which the first is E0. Cards of 14443 have four, seven or ten. */
const VICINITY_CARD = /^E0[0-9A-F]{14}$/i;

/** A token as OCPP 2.0.1 names it. */
export const idTokenOf = ({ uid, type }: { uid: string; type: string }): IdTokenType => ({
  idToken: uid,
  type: type === 'rfid' ? cardOf(uid) : (types[type] ?? 'Central'),
});

const cardOf = (uid: string) => (VICINITY_CARD.test(uid) ? 'ISO15693' : 'ISO14443');

/** What a charger says that a token is. Central and Local are anything. */
const shownAs: Readonly<Partial<Record<IdTokenType['type'], Shown['shownAs']>>> = {
  eMAID: 'emaid',
  ISO14443: 'rfid',
  ISO15693: 'rfid',
  KeyCode: 'ad_hoc',
  MacAddress: 'autocharge',
};

/** The token that a charger tells of; undefined where it charges without. */
export function shownToken(
  idToken:
    | { readonly idToken?: string | undefined; readonly type?: string | undefined }
    | undefined,
): Pick<Shown, 'uid' | 'shownAs'> | undefined {
  if (!idToken?.idToken || idToken.type === 'NoAuthorization') return undefined;
  const said = Object.entries(shownAs).find(([type]) => type === idToken.type);
  return { uid: idToken.idToken, shownAs: said?.[1] };
}
