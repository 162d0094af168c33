import { useFakeProvisioning } from '#local/fake-provisioning.ts';
import { sandbox } from '#local/sandbox.ts';
import { sandboxContext } from '#local/sandbox-context.ts';
import { seedAccess } from '#local/seed-access.ts';
import type { Runtime } from '#shared/aws/runtime.ts';
import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { hasCode } from '#shared/core/errors.ts';
import { sha256 } from '#shared/core/ids.ts';
import { keys } from '#shared/db/keys.ts';
import { foundOwner } from '#shared/members/found-owner.ts';
import { ApiKey, newApiKeyRows } from '#shared/organizations/api-key.ts';
import { foundOrganization } from '#shared/organizations/found-organization.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { findSite, NewSite } from '#shared/sites/site.ts';
import { seedSiteTariff } from '#shared/tariffs/seed-site-tariff.ts';
import { seedVendor } from '#shared/vendors/seed-vendor.ts';
import type { ChargerSpec } from '#simulator/charger-spec.ts';
import { sandboxChargers } from '#simulator/sandbox-chargers.ts';

/**
 * Brings the sandbox about: organization, key, site, tariff, vendor and the chargers that the
 * simulators are. Every step is taken once, whatever was there and wherever an earlier try ended.
 */
export async function seed(from: Runtime): Promise<void> {
  const ctx = sandboxContext(from, 'seed');
  if (!(await ctx.table.get(apiKeyRow))) await found(ctx);
  await foundOwner(ctx, sandbox.owner);
  await seedAccess(ctx);
  await useFakeProvisioning(from);
}

async function found(ctx: Context): Promise<void> {
  await foundOrganization(ctx, {
    name: 'Demo Charging',
    livemode: false,
    currency: 'INR',
    timezone: 'Asia/Kolkata',
  });
  if (!(await findSite(ctx, sandbox.site))) await createSite(ctx, site);
  const strangers = { auto_register_site_id: sandbox.site };
  await ctx.table.write([
    { op: 'update', key: keys.organization(ctx.tenantId), set: strangers, when: 'present' },
  ]);
  await seedSiteTariff(ctx, sandbox.site);
  await seedVendor(ctx, sandbox.site);
  for (const spec of sandboxChargers) await unlessThere(createCharger(ctx, newCharger(spec)));
  await keepApiKey(ctx);
}

/** The key is written last, and shows that all the rest is there. */
const hash = sha256(sandbox.apiKey);
const apiKeyRow = keys.apiKey(hash);

async function keepApiKey(ctx: Context): Promise<void> {
  const key = ApiKey.parse({
    id: 'key_sandbox',
    organization_id: ctx.tenantId,
    livemode: ctx.livemode,
    name: 'Sandbox',
    prefix: sandbox.apiKey.slice(0, 12),
    scopes: ['*'],
    created_at: isoNow(ctx),
  });
  await ctx.table.write(newApiKeyRows(key, hash));
}

const site = NewSite.parse({
  id: sandbox.site,
  name: 'Indiranagar Mall, Bengaluru',
  address: {
    line1: '100 Feet Road, Indiranagar',
    city: 'Bengaluru',
    state: 'Karnataka',
    postal_code: '560038',
    country: 'IN',
  },
  geo: { lat: 12.9784, lng: 77.6408 },
  timezone: 'Asia/Kolkata',
  amenities: ['restrooms', 'cafe', 'wifi'],
  grid_connection: { discom: 'BESCOM', sanctioned_load_kw: 250, phases: 3 },
});

/** The platform's row of a simulated charger. In 2.0.1 each connector is an EVSE of its own. */
const newCharger = (spec: ChargerSpec): NewCharger =>
  NewCharger.parse({
    id: spec.identity,
    name: `${spec.model} ${spec.identity.slice(-3)}`,
    site_id: sandbox.site,
    model: spec.model,
    vendor_name: spec.vendor,
    serial_number: spec.serialNumber,
    security_profile: 0,
    connectors: spec.connectors.map(({ id, plug, powerKw, phases }) => ({
      id,
      type: plug,
      format: phases === null ? 'cable' : 'socket',
      power_kw: powerKw,
      phases,
      ...(spec.version === '2.0.1' ? { evse_id: id, evse_connector_id: 1 } : {}),
    })),
  });

async function unlessThere(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!hasCode(error, 'conflict')) throw error;
  }
}
