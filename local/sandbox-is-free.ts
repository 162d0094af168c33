import { setTimeout as pause } from 'node:timers/promises';
import { sandboxContext } from '#local/sandbox-context.ts';
import type { Simulators } from '#local/simulators.ts';
import type { Runtime } from '#shared/aws/runtime.ts';
import { listChargers } from '#shared/chargers/list-chargers.ts';
import { sandboxChargers } from '#simulator/sandbox-chargers.ts';

const LOOK_EVERY_MS = 40;
/** Not yet heard of, since it connected. */
const SILENT = ['pending', 'offline', 'unavailable'];

/** Waits until every simulated charger is online and has told how its connectors are, at most `withinMs`. */
export async function sandboxIsFree(
  from: Runtime,
  simulators: Simulators,
  withinMs: number,
): Promise<void> {
  const given = new AbortController();
  const enough = pause(withinMs, undefined, { signal: given.signal }).catch(() => {});
  await Promise.race([enough, simulators.whenOnline().then(() => allHeard(from, given.signal))]);
  given.abort();
}

async function allHeard(from: Runtime, given: AbortSignal): Promise<void> {
  const ctx = sandboxContext(from, 'start');
  const ids = sandboxChargers.map(({ identity }) => identity);
  while (!given.aborted) {
    const { items } = await listChargers(ctx, { ids }, { limit: ids.length });
    if (!items.some(({ status }) => SILENT.includes(status))) return;
    await pause(LOOK_EVERY_MS);
  }
}
