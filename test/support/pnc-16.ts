import * as z from 'zod';
import { validatorFor } from '#shared/ocpp/schemas/validate.ts';
import type { OcppPeer } from '#test/support/ocpp-peer.ts';

/** The vendor that carries ISO 15118 over OCPP 1.6. */
export const vendorId = 'org.openchargealliance.iso15118pnc';

/** What the charger says in the words of 2.0.1, and what it hears. */
export async function say(charger: OcppPeer, messageId: string, data: unknown) {
  const answer = await charger.call('DataTransfer', {
    vendorId,
    messageId,
    data: typeof data === 'string' ? data : JSON.stringify(data),
  });
  return { status: answer['status'], data: dataOf(answer) };
}
const Carrier = z.object({ data: z.string().optional() });
export const dataOf = (payload: unknown): unknown =>
  JSON.parse(Carrier.parse(payload).data ?? 'null');

/** What the charger was last asked in the words of 2.0.1, which must be valid there. */
export async function heard(charger: OcppPeer) {
  const { action, payload } = charger.lastAsked();
  if (action !== 'DataTransfer' || payload['vendorId'] !== vendorId)
    throw new Error(`${action} is not Plug & Charge`);
  const messageId = String(payload['messageId']);
  const data = dataOf(payload);
  const violations = (await validatorFor('ocpp2.0.1', messageId, 'request'))(data);
  if (violations) throw new Error(`Not valid in 2.0.1: ${JSON.stringify(violations)}`);
  return [messageId, data];
}
/** Answers what it was last asked in the words of 2.0.1. */
export const reply = (charger: OcppPeer, data: unknown) =>
  charger.reply(charger.lastAsked(), { status: 'Accepted', data: JSON.stringify(data) });
