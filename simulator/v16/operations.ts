import * as z from 'zod';
import { changeAvailability } from '#simulator/charging/availability.ts';
import { findConnector } from '#simulator/charging/connectors.ts';
import { hardReset, softReset } from '#simulator/charging/reboot.ts';
import { endSession } from '#simulator/charging/session.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { answerPnc } from '#simulator/v16/pnc-answers.ts';
import { PNC_VENDOR } from '#simulator/v16/pnc-calls.ts';

export const reset = answer(z.object({ type: z.enum(['Hard', 'Soft']) }), (turn, { type }) => {
  if (type === 'Hard') hardReset(turn);
  else softReset(turn);
  return { status: 'Accepted' };
});

const ChangeAvailability = z.object({
  connectorId: z.int().nonnegative(),
  type: z.enum(['Inoperative', 'Operative']),
});

export const changeAvailability16 = answer(ChangeAvailability, (turn, { connectorId, type }) => {
  const connector = findConnector(turn.state, connectorId) ?? null;
  if (!connector && connectorId !== 0) return { status: 'Rejected' };
  return { status: changeAvailability(turn, connector, type === 'Operative') };
});

/** A running transaction ends first, as the unlock is the driver's way out [1.6 section 5.18]. */
export const unlockConnector = answer(
  z.object({ connectorId: z.int().positive() }),
  (turn, { connectorId }) => {
    const connector = findConnector(turn.state, connectorId);
    if (connector?.plug !== 'Type2') return { status: 'NotSupported' };
    if (connector.fault !== null) return { status: 'UnlockFailed' };
    endSession(turn, connector, 'unlock');
    return { status: 'Unlocked' };
  },
);

export const clearCache = answer(z.object({}), ({ state }) => {
  state.acceptedTags = [];
  return { status: 'Accepted' };
});

const DataTransfer = z.object({
  vendorId: z.string().max(255),
  messageId: z.string().max(50).optional(),
  data: z.string().optional(),
});

/** Our one vendor message, `Echo`, gives back what it was sent; Plug & Charge, where it is built in. */
export const dataTransfer = answer(DataTransfer, (turn, { vendorId, messageId, data }) => {
  const { vendor, plugAndCharge } = turn.state.spec;
  if (vendorId === PNC_VENDOR && plugAndCharge) return answerPnc(turn, messageId, data ?? '');
  if (vendorId !== vendor) return { status: 'UnknownVendorId' };
  if (messageId !== 'Echo') return { status: 'UnknownMessageId' };
  return { status: 'Accepted', ...(data === undefined ? {} : { data }) };
});
