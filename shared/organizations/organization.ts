import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { keys } from '#shared/db/keys.ts';
import { LogLevel } from '#shared/ocpp-log/level.ts';

/** The first path segment of its chargers' OCPP URL. */
export const OrganizationId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,38}$/);

/** A tenant. Its id is the first path segment of its chargers' OCPP URL. Test and live data are different organizations. */
export const Organization = z.object({
  id: OrganizationId,
  /** The organization that made it and may act for it. */
  parent_id: z.string().nullable().default(null),
  name: z.string(),
  livemode: z.boolean(),
  currency: z.string().default('INR'),
  timezone: z.string().default('Asia/Kolkata'),
  /** An unknown identity is registered by itself (sandbox) or refused and listed as unclaimed. */
  auto_register: z.boolean(),
  /** Where a charger that registers itself is put, so that its charges have a price. */
  auto_register_site_id: z.string().nullable().default(null),
  /** Whether a charger may connect without a password (OCPP security profile 0). */
  allow_unsecured: z.boolean(),
  /** A socket may be lost this long before the charger counts as offline. */
  offline_grace_seconds: z.int().default(90),
  heartbeat_interval_seconds: z.int().default(300),
  /** Whether a charger's configuration is read after each boot; certification tests allow no such call. */
  read_configuration_on_boot: z.boolean().default(false),
  /** A token that is not stored: accepted (sandbox) or refused. */
  accept_unknown_tokens: z.boolean().default(false),
  /** Whether whoever proves an email may become a driver; left out: in test mode. */
  drivers_may_sign_up: z.boolean().optional(),
  /** Sessions a token may have open at once, unless it or its group says otherwise; null: any number. */
  max_concurrent_sessions_per_token: z.int().positive().nullable().default(null),
  /** The same for each token of a group, by group id. */
  max_concurrent_sessions_by_group: z.record(z.string(), z.int().positive()).default({}),
  /** Which tokens chargers keep for when they are offline, unless their site says otherwise. */
  local_list: z.enum(['all', 'labels']).default('all'),
  /** Vendors whose own messages (DataTransfer) somebody here handles: they are accepted, others not. */
  data_transfer_vendors: z.array(z.string()).default([]),
  /** How much of the raw traffic of its chargers is kept. */
  ocpp_log: LogLevel.default('all'),
  tax: z
    .object({ gst_percent: z.string(), sac: z.string(), gstin: z.string().nullable() })
    .default({ gst_percent: '18.00', sac: '998714', gstin: null }),
  /** How long a certificate that a charger asks for is good. */
  certificate_valid_days: z.int().min(1).max(3650).default(365),
  /**
   * Issuers other than our own whose client certificates its chargers may show, by their whole name as
   * the edge spells it (RFC 2253). The edge must trust them too.
   */
  certificate_issuers: z.array(z.string()).default([]),
  /**
   * Who issues contract certificates to cars that ask a charger for one: see docs/plug-and-charge.md. The
   * token is sealed (see provisioning-token.ts).
   */
  contract_provisioning: z
    .object({ url: z.url(), token: z.string().nullable().default(null) })
    .nullable()
    .default(null),
  created_at: z.string(),
  /** Null where nobody has changed it yet. */
  updated_at: z.string().nullable().default(null),
  version: z.int().default(1),
});
export type Organization = z.infer<typeof Organization>;

export async function getOrganization(ctx: Context): Promise<Organization> {
  const item = await ctx.table.get(keys.organization(ctx.tenantId));
  if (!item) throw notFound('Organization');
  return Organization.parse(item);
}
