import { setTimeout as sleep } from 'node:timers/promises';
import { clock } from '#bench/load/clock.ts';
import type { LightCharger } from '#bench/load/light-charger.ts';
import { Timings } from '#bench/load/timings.ts';

const ATTEMPTS = 20;
const RETRY_AFTER_MS = 1000;
/** What was metered while the line was down. */
const OFFLINE_MINUTES = 3;
const START_WH = 1_000_000;

/** The connections of all are cut at once; each comes back at its own moment within the time. */
export async function storm(chargers: readonly LightCharger[], seconds: number) {
  const timings = new Timings();
  let retried = 0;
  const since = clock();
  for (const charger of chargers) charger.cut();
  await Promise.all(
    chargers.map(async (charger, n) => {
      // Chargers of 2.0.1 spread themselves by chance; these by their number, which repeats the same.
      await sleep((n / chargers.length) * seconds * 900);
      for (let attempt = 1; ; attempt++) {
        try {
          await timings.time('handshake', () => charger.open());
          break;
        } catch (error) {
          if (attempt === ATTEMPTS) throw error;
          retried += 1;
          await sleep(RETRY_AFTER_MS);
        }
      }
      await tellWhatHappened(charger);
    }),
  );
  const handshakes = timings.of('handshake');
  const deliveredWh = chargers.reduce((sum, { registerWh }) => sum + registerWh - START_WH, 0);
  return { seconds: (clock() - since) / 1000, handshakes, retried, deliveredWh };
}

async function tellWhatHappened(charger: LightCharger): Promise<void> {
  if (!charger.charging) {
    await charger.call('Heartbeat', {});
    return;
  }
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 1000).toISOString();
  for (let minute = OFFLINE_MINUTES; minute > 0; minute--) await charger.meter(minutesAgo(minute));
  await charger.end();
}
