import * as z from 'zod';
import { Currency } from '#shared/core/money.ts';
import { LogLevel } from '#shared/ocpp-log/level.ts';
import { isGstin } from '#shared/organizations/gstin.ts';
import { told } from '#shared/organizations/settings-told.ts';
import { LocalListPolicy, Timezone } from '#shared/sites/site.ts';

/** Money travels with two decimals, always. */
const hasTwoDecimals = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits === 2;
const currencies = new Set(Intl.supportedValuesOf('currency'));

const Sessions = z.int().min(1).max(10_000);

const tax = z
  .strictObject({
    gst_percent: z
      .string()
      .regex(/^\d{1,2}(\.\d{1,2})?$/)
      .meta({ description: told.gst_percent, example: '18.00' }),
    sac: z
      .string()
      .regex(/^99\d{4}$/)
      .meta({ description: told.sac, example: '998714' }),
    gstin: z
      .string()
      .max(15)
      .refine(isGstin, 'Not a GST number: is a character mistyped?')
      .nullable()
      .meta({ description: told.gstin, example: '27AAPFU0939F1ZV' }),
  })
  .partial();

const contractProvisioning = z
  .strictObject({
    url: z.string().max(2048).meta({ example: 'https://ccp.example.com/contracts' }),
    token: z
      .string()
      .min(1)
      .max(4096)
      // It goes into a header.
      .regex(/^[\x21-\x7e]+$/, 'Visible ASCII only')
      .nullable()
      .optional()
      .meta({ description: told.token, writeOnly: true }),
  })
  .nullable();

export const OrganizationName = z.string().trim().min(1).max(64).meta({ description: told.name });
export const OrganizationCurrency = Currency.refine(
  (code) => currencies.has(code) && hasTwoDecimals(code),
  'Not a currency of two decimals',
).meta({ description: told.currency });

/** What can be changed, all of it by hand of an administrator. A name that is not there is refused. */
export const OrganizationPatch = z
  .strictObject({
    name: OrganizationName,
    currency: OrganizationCurrency,
    timezone: Timezone.meta({ description: told.timezone }),
    auto_register: z.boolean().meta({ description: told.auto_register }),
    auto_register_site_id: z.string().max(48).nullable().meta({
      description: told.auto_register_site_id,
    }),
    allow_unsecured: z.boolean().meta({ description: told.allow_unsecured }),
    offline_grace_seconds: z.int().min(0).max(3600).meta({
      description: told.offline_grace_seconds,
    }),
    heartbeat_interval_seconds: z.int().min(30).max(540).meta({
      description: told.heartbeat_interval_seconds,
    }),
    read_configuration_on_boot: z.boolean().meta({ description: told.read_configuration_on_boot }),
    accept_unknown_tokens: z.boolean().meta({ description: told.accept_unknown_tokens }),
    drivers_may_sign_up: z.boolean().meta({ description: told.drivers_may_sign_up }),
    max_concurrent_sessions_per_token: Sessions.nullable().meta({
      description: told.max_concurrent_sessions_per_token,
    }),
    max_concurrent_sessions_by_group: z
      .record(z.string().min(1).max(36), Sessions.nullable())
      .meta({ description: told.max_concurrent_sessions_by_group, example: { fleet: 5 } }),
    local_list: LocalListPolicy.meta({ description: told.local_list }),
    data_transfer_vendors: z.array(z.string().min(1).max(255)).max(100).meta({
      description: told.data_transfer_vendors,
    }),
    ocpp_log: LogLevel.meta({ description: told.ocpp_log }),
    tax: tax.meta({ description: told.tax }),
    certificate_valid_days: z.int().min(1).max(3650).meta({
      description: told.certificate_valid_days,
    }),
    certificate_issuers: z.array(z.string().min(1).max(16_384)).max(20).meta({
      description: told.certificate_issuers,
    }),
    contract_provisioning: contractProvisioning.meta({ description: told.contract_provisioning }),
  })
  .partial()
  .meta({
    id: 'OrganizationPatch',
    description: 'JSON Merge Patch (RFC 7396): what is left out stays.',
  });
export type OrganizationPatch = z.output<typeof OrganizationPatch>;
