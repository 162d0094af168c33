import { type ExternalLimit, keep } from '#simulator/store.ts';
import type { Turn } from '#simulator/turn.ts';

type Change = {
  connectorId?: number | undefined;
  watts: number | null;
  source?: ExternalLimit['source'] | undefined;
};

/** The grid or the building limits us, or lets go; the platform is told [2.0.1 K12, K13]. */
export function limitExternally(turn: Turn, change: Change): void {
  const { connectorId = 0, watts, source = 'EMS' } = change;
  const { externalLimits } = turn.state.store;
  const before = externalLimits.find((one) => one.connectorId === connectorId);
  const others = externalLimits.filter((one) => one !== before);
  if (watts === null) {
    keep(turn.state, { externalLimits: others });
    if (before) turn.dialect.notices.unlimited(turn, before);
    return;
  }
  const limit = { connectorId, watts, source };
  keep(turn.state, { externalLimits: [...others, limit] });
  turn.dialect.notices.limited(turn, limit);
}
