import type { ChargerState } from '#simulator/charger-state.ts';
import { isFlowing } from '#simulator/charging/connectors.ts';
import { energyWhBetween, socAfter } from '#simulator/physics/battery.ts';

/** Lets energy flow until `now`. The register never falls, nor does time. */
export function advance(state: ChargerState, now: number): void {
  const seconds = (Math.max(0, now - state.now) / 1000) * state.options.speed;
  for (const connector of state.connectors) {
    const { car } = connector;
    if (!car || !isFlowing(connector)) continue;
    const socPercent = socAfter(car, connector, seconds);
    connector.registerWh += energyWhBetween(car, socPercent);
    car.socPercent = socPercent;
  }
  state.now = Math.max(state.now, now);
}
