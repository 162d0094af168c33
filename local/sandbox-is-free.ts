import { setTimeout as pause } from 'node:timers/promises';
import { sandbox } from '#local/sandbox.ts';
import { contextOf, type Runtime } from '#shared/aws/runtime.ts';
import { listChargers } from '#shared/chargers/list-chargers.ts';
import { sandboxChargers } from '#simulator/sandbox-chargers.ts';

const LOOK_EVERY_MS = 40;

/** Waits until the platform has heard from every simulated charger since it connected, at most `withinMs`. */
export async function sandboxIsFree(from: Runtime, withinMs: number): Promise<void> {
  const cause = {
    type: 'system',
    ref: 'start',
    request_id: null,
    idempotency_key: null,
    actor: null,
  } as const;
  const ctx = contextOf(
    { tenantId: sandbox.organization, livemode: false, actor: { kind: 'system' }, cause },
    from,
  );
  const ids = sandboxChargers.map(({ identity }) => identity);
  for (let waited = 0; waited < withinMs; waited += LOOK_EVERY_MS) {
    const { items } = await listChargers(ctx, { ids }, { limit: ids.length });
    const there = items.filter(
      ({ status, connectivity }) => connectivity.state === 'online' && status === 'available',
    );
    if (there.length === items.length) return;
    await pause(LOOK_EVERY_MS);
  }
}
