import * as z from 'zod';
import { Currency } from '#shared/core/money.ts';
import { LogLevel } from '#shared/ocpp-log/level.ts';
import type { Organization } from '#shared/organizations/organization.ts';
import { told } from '#shared/organizations/settings-told.ts';

const described = <S extends z.ZodType>(schema: S, name: keyof typeof told): S =>
  schema.meta({ description: told[name] });

/** An organization as the API shows it. What lies in its row is shown, also where no patch could put it. */
export const OrganizationView = z
  .object({
    id: z.string().meta({
      description: "The first part of its chargers' OCPP path.",
      example: 'demo',
    }),
    parent_id: z.string().nullable().meta({
      description: 'The organization that may act for it; null where there is none.',
    }),
    name: described(z.string(), 'name'),
    livemode: z.boolean(),
    currency: described(Currency, 'currency'),
    timezone: described(z.string(), 'timezone'),
    auto_register: described(z.boolean(), 'auto_register'),
    auto_register_site_id: described(z.string().nullable(), 'auto_register_site_id'),
    allow_unsecured: described(z.boolean(), 'allow_unsecured'),
    offline_grace_seconds: described(z.int(), 'offline_grace_seconds'),
    heartbeat_interval_seconds: described(z.int(), 'heartbeat_interval_seconds'),
    read_configuration_on_boot: described(z.boolean(), 'read_configuration_on_boot'),
    accept_unknown_tokens: described(z.boolean(), 'accept_unknown_tokens'),
    drivers_may_sign_up: described(z.boolean(), 'drivers_may_sign_up'),
    max_concurrent_sessions_per_token: described(
      z.int().nullable(),
      'max_concurrent_sessions_per_token',
    ),
    max_concurrent_sessions_by_group: described(
      z.record(z.string(), z.int()),
      'max_concurrent_sessions_by_group',
    ),
    local_list: described(z.enum(['all', 'labels']), 'local_list'),
    data_transfer_vendors: described(z.array(z.string()), 'data_transfer_vendors'),
    ocpp_log: described(LogLevel, 'ocpp_log'),
    tax: described(
      z.object({
        gst_percent: described(z.string(), 'gst_percent'),
        sac: described(z.string(), 'sac'),
        gstin: described(z.string().nullable(), 'gstin'),
      }),
      'tax',
    ),
    certificate_valid_days: described(z.int(), 'certificate_valid_days'),
    certificate_issuers: described(z.array(z.string()), 'certificate_issuers'),
    contract_provisioning: described(
      z
        .object({
          url: z.string(),
          has_token: z.boolean().meta({ description: 'The token itself is never shown.' }),
        })
        .nullable(),
      'contract_provisioning',
    ),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'Organization', description: 'Your organization and its settings.' });
export type OrganizationView = z.infer<typeof OrganizationView>;

/** Without the secret it may hold. */
export function organizationView(organization: Organization): OrganizationView {
  const { version, updated_at, contract_provisioning: service, ...rest } = organization;
  return OrganizationView.parse({
    ...rest,
    drivers_may_sign_up: rest.drivers_may_sign_up ?? !rest.livemode,
    contract_provisioning: service && { url: service.url, has_token: service.token !== null },
    updated_at: updated_at ?? rest.created_at,
    resource_version: version,
  });
}
