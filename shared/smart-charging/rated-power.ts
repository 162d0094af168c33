import type { Connector } from '#shared/connectors/connector.ts';

/**
 * What a connector is built for, or a whole charger: the sum of its EVSEs, each as strong as its
 * strongest connector. Null where any of them is unknown.
 */
export function ratedWatts(
  connectors: readonly Connector[],
  connector: number | null,
): number | null {
  const meant = connectors.filter((c) => connector === null || c.id === connector);
  const strongest = new Map<number, number>();
  for (const { id, evse_id, power_kw } of meant) {
    if (power_kw === null) return null;
    const evse = evse_id ?? id;
    strongest.set(evse, Math.max(strongest.get(evse) ?? 0, power_kw * 1000));
  }
  return strongest.size === 0 ? null : [...strongest.values()].reduce((sum, w) => sum + w, 0);
}
