import * as z from 'zod';
import type { ChargerState } from '#simulator/charger-state.ts';
import { bootAnswered } from '#simulator/charging/registration.ts';
import { onResult } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import type { Turn } from '#simulator/turn.ts';

const REASON_201: Record<ChargerState['bootReason'], string> = {
  power_up: 'PowerUp',
  remote_reset: 'RemoteReset',
  firmware_update: 'FirmwareUpdate',
};

export function bootNotification(turn: Turn, reason?: 'Triggered'): void {
  const { spec, bootReason } = turn.state;
  const payload = {
    reason: reason ?? REASON_201[bootReason],
    chargingStation: {
      vendorName: spec.vendor,
      model: spec.model,
      serialNumber: spec.serialNumber,
      firmwareVersion: spec.firmwareVersion,
    },
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
