import * as z from 'zod';
import type { CdrSummary } from '#shared/cdrs/cdr-summary.ts';
import { Metadata } from '#shared/chargers/charger.ts';
import { PlugType } from '#shared/connectors/connector.ts';
import { moneyOf } from '#shared/core/money.ts';
import { kwhOfWh, secondsBetween } from '#shared/core/units.ts';
import { Receipt } from '#shared/pricing/receipt.ts';
import { AuthMethod, StopReason } from '#shared/sessions/session.ts';
import { Address, Geo } from '#shared/sites/site.ts';
import { TariffOverride } from '#shared/tariffs/tariff-override.ts';
import { TariffTerms } from '#shared/tariffs/tariff-terms.ts';

/** A charge detail record as it lies in its row: written once when its session has ended, never changed. */
export const Cdr = z.object({
  id: z.string(),
  number: z.string(),
  session_id: z.string(),
  issued_at: z.string(),
  started_at: z.string(),
  charging_started_at: z.string(),
  charging_ended_at: z.string().nullable(),
  ended_at: z.string(),
  stop_reason: StopReason.nullable(),
  /** The place as it was then. */
  site_id: z.string().nullable(),
  site_name: z.string().nullable(),
  address: Address.nullable(),
  geo: Geo.nullable(),
  charger_id: z.string(),
  connector: z.int(),
  plug_type: PlugType.nullable(),
  format: z.enum(['socket', 'cable']).nullable(),
  auth_method: AuthMethod,
  token_uid_masked: z.string().nullable(),
  driver_id: z.string().nullable().default(null),
  meter_start_wh: z.int().nullable(),
  meter_stop_wh: z.int().nullable(),
  soc_end: z.number().nullable(),
  receipt: Receipt,
  tariff: TariffTerms,
  tariff_override: TariffOverride.nullable(),
  supplier_gstin: z.string().nullable(),
  sac: z.string(),
  flags: z.array(z.string()),
  external_ref: z.string().nullable(),
  metadata: Metadata,
  livemode: z.boolean(),
});
export type Cdr = z.infer<typeof Cdr>;

/** To hundredths of a minute. */
export const minutesOf = (seconds: number): number => Math.round((seconds * 100) / 60) / 100;

/** From the start of charging until the cable is free again. */
export const durationMinutes = ({ charging_started_at, ended_at }: Cdr): number =>
  minutesOf(secondsBetween(charging_started_at, ended_at));

/** The few figures that its session embeds. */
export function cdrSummary(cdr: Cdr): CdrSummary {
  const { currency, energy_wh, subtotal_minor, tax_minor, total_minor } = cdr.receipt;
  return {
    id: cdr.id,
    number: cdr.number,
    energy_kwh: kwhOfWh(energy_wh),
    duration_minutes: durationMinutes(cdr),
    total_excl_tax: moneyOf(subtotal_minor, currency),
    tax: moneyOf(tax_minor, currency),
    total: moneyOf(total_minor, currency),
    currency,
    issued_at: cdr.issued_at,
  };
}
