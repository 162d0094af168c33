import type { ChargerState } from '#simulator/charger-state.ts';
import { isFlowing, limitKwOf } from '#simulator/charging/connectors.ts';
import { energyWhBetween, socAfter } from '#simulator/physics/battery.ts';
import { applyLimits } from '#simulator/profiles/limits.ts';

/** Lets energy flow until `now`, from limit to limit. The register never falls, nor does time. */
export function advance(state: ChargerState, now: number): void {
  while (state.limitsDueAt !== null && state.limitsDueAt <= now) {
    flow(state, state.limitsDueAt);
    applyLimits(state);
  }
  flow(state, now);
}

function flow(state: ChargerState, now: number): void {
  const seconds = (Math.max(0, now - state.now) / 1000) * state.options.speed;
  for (const connector of state.connectors) {
    const { car } = connector;
    if (!car || !isFlowing(connector)) continue;
    const socPercent = socAfter(car, connector, seconds, limitKwOf(connector));
    connector.registerWh += energyWhBetween(car, socPercent);
    car.socPercent = socPercent;
  }
  state.now = Math.max(state.now, now);
}
