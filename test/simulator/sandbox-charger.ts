import type { ChargerSpec } from '#simulator/charger-spec.ts';
import { sandboxChargers } from '#simulator/sandbox-chargers.ts';

export function sandboxCharger(identity: string): ChargerSpec {
  const found = sandboxChargers.find((one) => one.identity === identity);
  if (!found) throw new Error(`The sandbox has no ${identity}`);
  return found;
}
