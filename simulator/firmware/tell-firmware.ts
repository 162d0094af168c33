import { enqueue, postpone } from '#simulator/rpc/outbox.ts';
import type { Payload, Turn } from '#simulator/turn.ts';

const LATE_MS = 60_000;

/** Sends the status of an update: once and now, unless the charger is one that repeats itself or is late. */
export function tellFirmware(turn: Turn, action: string, payload: Payload): void {
  const { firmware: quirks = [] } = turn.state.misbehave;
  const { requestId: _, ...anonymous } = payload;
  const call = {
    action,
    payload: quirks.includes('no_request_id') ? anonymous : payload,
    kept: true,
  };
  const times = quirks.includes('repeated') ? 2 : 1;
  for (let time = 0; time < times; time += 1) {
    if (quirks.includes('late')) postpone(turn, call, LATE_MS);
    else enqueue(turn, call);
  }
}
