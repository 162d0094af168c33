import * as z from 'zod';
import type { ChargerState, Connector } from '#simulator/charger-state.ts';
import { changeAvailability } from '#simulator/charging/availability.ts';
import { findConnector } from '#simulator/charging/connectors.ts';
import { resetEvse } from '#simulator/charging/evse-reset.ts';
import { hardReset, resetWhenIdle } from '#simulator/charging/reboot.ts';
import { answer } from '#simulator/rpc/answer.ts';

const Reset = z.object({
  type: z.enum(['Immediate', 'OnIdle']),
  evseId: z.int().positive().optional(),
});

/** The station, or one EVSE of it [2.0.1 B11, B12]. */
export const reset = answer(Reset, (turn, { type, evseId }) => {
  const { connectors } = turn.state;
  if (evseId !== undefined) {
    const connector = findConnector(turn.state, evseId);
    if (!connector) return { status: 'Rejected' };
    const waits = type === 'OnIdle' && connector.session !== null;
    resetEvse(turn, connector, type === 'Immediate' ? 'now' : 'idle');
    return { status: waits ? 'Scheduled' : 'Accepted' };
  }
  if (type === 'Immediate') {
    hardReset(turn);
    return { status: 'Accepted' };
  }
  const busy = connectors.some(({ session }) => session);
  resetWhenIdle(turn);
  return { status: busy ? 'Scheduled' : 'Accepted' };
});

const Evse = z.object({ id: z.int().nonnegative(), connectorId: z.int().optional() });

const ChangeAvailability = z.object({
  operationalStatus: z.enum(['Inoperative', 'Operative']),
  evse: Evse.optional(),
});

export const changeAvailability201 = answer(
  ChangeAvailability,
  (turn, { operationalStatus, evse }) => {
    const connector = evse ? connectorAt(turn.state, evse.id, evse.connectorId) : undefined;
    if (evse && !connector) return { status: 'Rejected' };
    return {
      status: changeAvailability(turn, connector ?? null, operationalStatus === 'Operative'),
    };
  },
);

/** Every EVSE of ours has one connector, number 1. */
function connectorAt(state: ChargerState, evseId: number, connectorId = 1): Connector | undefined {
  return connectorId === 1 ? findConnector(state, evseId) : undefined;
}

export const unlockConnector = answer(
  z.object({ evseId: z.int(), connectorId: z.int() }),
  ({ state }, { evseId, connectorId }) => {
    const connector = connectorAt(state, evseId, connectorId);
    if (!connector) return { status: 'UnknownConnector' };
    if (connector.session) return { status: 'OngoingAuthorizedTransaction' };
    return { status: connector.fault === null ? 'Unlocked' : 'UnlockFailed' };
  },
);

export const clearCache = answer(z.object({}), ({ state }) => {
  state.acceptedTags = [];
  return { status: 'Accepted' };
});

const DataTransfer = z.object({
  vendorId: z.string().max(255),
  messageId: z.string().max(50).optional(),
  data: z.unknown().optional(),
});

/** Our one vendor message, `Echo`, gives back what it was sent. */
export const dataTransfer = answer(DataTransfer, ({ state }, { vendorId, messageId, data }) => {
  if (vendorId !== state.spec.vendor) return { status: 'UnknownVendorId' };
  if (messageId !== 'Echo') return { status: 'UnknownMessageId' };
  return { status: 'Accepted', ...(data === undefined ? {} : { data }) };
});
