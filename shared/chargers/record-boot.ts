import { Charger, type OcppVersion } from '#shared/chargers/charger.ts';
import { chargerView, completeChargers } from '#shared/chargers/charger-view.ts';
import { bootAccepted } from '#shared/chargers/connectivity.ts';
import { ChargerBooted } from '#shared/chargers/events.ts';
import { chargerItem } from '#shared/chargers/register-charger.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

export interface Boot {
  readonly vendor: string | null;
  readonly model: string | null;
  readonly serialNumber: string | null;
  readonly firmwareVersion: string | null;
  readonly version: OcppVersion;
}

/** Wait this long before booting again, when not accepted. */
const RETRY_S = 60;

/**
 * A charger has (re)started. What it says of itself is kept; the answer is whether it may work, and
 * its heartbeat interval (or, not accepted, how long to wait before it asks again).
 */
export async function recordBoot(
  ctx: Context,
  chargerId: string,
  boot: Boot,
): Promise<{ registration: Charger['registration']; intervalSeconds: number }> {
  const { heartbeat_interval_seconds: heartbeat } = await getOrganization(ctx);
  const charger = await retrying(() => keep(ctx, chargerId, boot));
  if (charger.registration !== 'accepted')
    return { registration: charger.registration, intervalSeconds: RETRY_S };
  await bootAccepted(ctx, chargerId);
  return { registration: 'accepted', intervalSeconds: heartbeat };
}

async function keep(ctx: Context, chargerId: string, boot: Boot): Promise<Charger> {
  const item = await ctx.table.get(keys.charger(ctx.tenantId, chargerId));
  if (!item) throw notFound('Charger');
  const before = Charger.parse(item);
  const at = isoNow(ctx);
  const charger: Charger = {
    ...before,
    vendor_name: boot.vendor ?? before.vendor_name,
    model: boot.model ?? before.model,
    serial_number: boot.serialNumber ?? before.serial_number,
    firmware_version: boot.firmwareVersion ?? before.firmware_version,
    ocpp_version: boot.version,
    booted_at: before.registration === 'accepted' ? at : before.booted_at,
    updated_at: at,
    version: before.version + 1,
  };
  const [whole] = await completeChargers(ctx, [charger]);
  const object = whole && chargerView(ctx, whole);
  const scope = { charger_id: charger.id, site_id: charger.site_id };
  const accepted = object && charger.registration === 'accepted';
  await commit(ctx, {
    aggregate: { kind: 'charger', id: charger.id, version: charger.version },
    writes: [{ op: 'put', when: { version: before.version }, item: chargerItem(ctx, charger) }],
    events: accepted
      ? [
          eventOf(ctx, ChargerBooted, {
            id: charger.id,
            version: object.resource_version,
            scope,
            object,
          }),
        ]
      : [],
  });
  return charger;
}
