import type { Charger } from '#shared/chargers/charger.ts';
import { chargerView, completeChargers } from '#shared/chargers/charger-view.ts';
import { ChargerCredentialsRotated } from '#shared/chargers/events.ts';
import { chargerItem } from '#shared/chargers/register-charger.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';

interface With {
  /** Tells that the charger uses its new credentials. */
  readonly told?: boolean;
  readonly events?: readonly Recorded[];
  readonly writes?: readonly Write[];
  readonly tasks?: readonly DueTask[];
}

/** Stores what changed of a charger's credentials. Throws ConditionFailed where it is not as it was. */
export async function saveCredentials(
  ctx: Context,
  before: Charger,
  changes: Partial<Charger>,
  { told = false, events = [], writes = [], tasks = [] }: With = {},
): Promise<void> {
  const charger = {
    ...before,
    ...changes,
    updated_at: isoNow(ctx),
    version: before.version + 1,
  };
  const [whole] = told ? await completeChargers(ctx, [charger]) : [];
  const object = whole && chargerView(ctx, whole);
  const { id, version, site_id } = charger;
  await commit(ctx, {
    aggregate: { kind: 'charger', id, version },
    writes: [
      { op: 'put', when: { version: before.version }, item: chargerItem(ctx, charger) },
      ...writes,
    ],
    events: [
      ...events,
      ...(object
        ? [
            eventOf(ctx, ChargerCredentialsRotated, {
              id,
              version: object.resource_version,
              scope: { charger_id: id, site_id },
              object,
            }),
          ]
        : []),
    ],
    tasks,
  });
}
