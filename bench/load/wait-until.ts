import { setTimeout as sleep } from 'node:timers/promises';
import { clock } from '#bench/load/clock.ts';

const LOOK_EVERY_MS = 50;

/** Whether it came true in time. What did not is a finding, not a failure. */
export async function waitUntil(isTrue: () => boolean, withinMs: number): Promise<boolean> {
  const until = clock() + withinMs;
  while (!isTrue() && clock() < until) await sleep(LOOK_EVERY_MS);
  return isTrue();
}
