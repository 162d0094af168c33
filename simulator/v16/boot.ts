import * as z from 'zod';
import { bootAnswered } from '#simulator/charging/registration.ts';
import { onResult } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import type { Turn } from '#simulator/turn.ts';

export function bootNotification(turn: Turn): void {
  const { spec } = turn.state;
  const payload = {
    chargePointVendor: spec.vendor,
    chargePointModel: spec.model,
    chargePointSerialNumber: spec.serialNumber,
    firmwareVersion: spec.firmwareVersion,
  };
  enqueue(turn, { action: 'BootNotification', payload, early: true });
}

const BootResult = z.object({
  status: z.enum(['Accepted', 'Pending', 'Rejected']),
  currentTime: z.string(),
  interval: z.int().nonnegative(),
});

export const bootResult = onResult(BootResult, (turn, _connectorId, result) =>
  bootAnswered(turn, result),
);

export function heartbeat(turn: Turn, early = false): void {
  enqueue(turn, { action: 'Heartbeat', payload: {}, early });
}
