import type { KnownQuirks } from '#shared/ocpp/repair/known-quirks.ts';
import type { Quirk, QuirkRepairs } from '#shared/ocpp/repair/quirk.ts';
import { quirkRepairs, type Sent } from '#shared/ocpp/repair/quirk-repairs.ts';
import type { Repair } from '#shared/ocpp/repair/repair.ts';
import { type Change, valueAt, withChanges } from '#shared/ocpp/repair/tree.ts';

/** A request as the charger means it, and what was changed for that. The rule of a repair is the quirk's id. */
export function applyQuirks(
  { quirks, zone }: KnownQuirks,
  sent: Sent,
): { readonly payload: unknown; readonly repairs: readonly Repair[] } {
  const repairs: Repair[] = [];
  let { payload } = sent;
  for (const quirk of quirks) {
    const changes = new Map(changesOf(quirk, { ...sent, payload }, zone));
    if (changes.size === 0) continue;
    for (const path of changes.keys())
      repairs.push({ path, rule: quirk.id, was: valueAt(payload, path) });
    payload = withAdded(withChanges(payload, changes), changes);
  }
  return { payload, repairs };
}

function changesOf({ repairs }: Quirk, sent: Sent, zone: string | undefined): [string, Change][] {
  const settings = withZone(repairs, zone);
  const names = Object.keys(settings).filter(isRepair);
  return names.flatMap((name) =>
    quirkRepairs[name](sent, settings).map(([path, change]): [string, Change] => [path, change]),
  );
}

const isRepair = (name: string): name is keyof QuirkRepairs => Object.hasOwn(quirkRepairs, name);

/** The zone of the site in place of `site`; where it is not known, times are left as they are. */
function withZone({ timezone, ...others }: QuirkRepairs, site: string | undefined): QuirkRepairs {
  const zone = timezone?.zone === 'site' ? site : timezone?.zone;
  return timezone && zone ? { ...others, timezone: { ...timezone, zone } } : others;
}

/** Fields that were not there. Each is added to an object that is. */
function withAdded(payload: unknown, changes: ReadonlyMap<string, Change>): unknown {
  for (const [path, change] of changes) {
    if (change === 'drop' || valueAt(payload, path) !== undefined) continue;
    const end = path.lastIndexOf('/');
    const parent = valueAt(payload, path.slice(0, end));
    if (typeof parent !== 'object' || parent === null || Array.isArray(parent)) continue;
    const grown = { ...parent, [path.slice(end + 1)]: change.value };
    payload = withChanges(payload, new Map([[path.slice(0, end), { value: grown }]]));
  }
  return payload;
}
