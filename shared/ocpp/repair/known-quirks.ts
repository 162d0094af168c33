import type { Charger } from '#shared/chargers/charger.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import type { Quirk } from '#shared/ocpp/repair/quirk.ts';
import { dependsOnFirmware, quirks, quirksOf } from '#shared/ocpp/repair/quirks.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { Site } from '#shared/sites/site.ts';

/** Quirks of one charger, with the time zone of the place it stands at where one of them needs it. */
export interface KnownQuirks {
  readonly quirks: readonly Quirk[];
  readonly zone?: string | undefined;
}

export const noQuirks: KnownQuirks = { quirks: [] };

/** The quirks of a charger. Reads nothing but for the zone, and that seldom. */
export async function findQuirks(
  ctx: Context,
  charger: Pick<Charger, 'vendor_name' | 'model' | 'firmware_version' | 'site_id'>,
): Promise<KnownQuirks> {
  const found = quirksOf(charger);
  if (found.length === 0) return noQuirks;
  const needsZone = found.some(({ repairs }) => repairs.timezone?.zone === 'site');
  return { quirks: found, ...(needsZone ? { zone: await zoneOf(ctx, charger.site_id) } : {}) };
}

async function zoneOf(ctx: Context, siteId: string | null): Promise<string> {
  const site = siteId === null ? undefined : await ctx.table.get(keys.site(ctx.tenantId, siteId));
  return site ? Site.parse(site).timezone : (await getOrganization(ctx)).timezone;
}

/**
 * Whether the quirks known when a socket opens hold for as long as it is open. Else each message is
 * read with those of the charger's row: it has not said yet what it is, or may soon say otherwise.
 */
export const isSettled = (
  charger: Pick<Charger, 'vendor_name' | 'model' | 'firmware_version' | 'booted_at'>,
): boolean => charger.booted_at !== null && !dependsOnFirmware(charger);

/** As the authorizer tells them to every message of a socket: `a,b@Asia/Kolkata`. */
export const spellQuirks = ({ quirks, zone }: KnownQuirks): string =>
  quirks.map(({ id }) => id).join(',') + (zone ? `@${zone}` : '');

/** The same, read. A quirk that is gone from the file since the socket opened is none. */
export function readQuirks(text: string): KnownQuirks {
  const [ids = '', zone] = text.split('@');
  if (ids === '') return noQuirks;
  const named = new Set(ids.split(','));
  return { quirks: quirks.filter(({ id }) => named.has(id)), zone };
}
