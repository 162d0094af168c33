import * as z from 'zod';
import { type Cdr, cdrSummary, durationMinutes, minutesOf } from '#shared/cdrs/cdr.ts';
import { Metadata } from '#shared/chargers/charger.ts';
import { PlugType } from '#shared/connectors/connector.ts';
import { Money, moneyOf } from '#shared/core/money.ts';
import { kwhOfWh } from '#shared/core/units.ts';
import { CostLine, costLine } from '#shared/pricing/cost-line.ts';
import type { TaxLine } from '#shared/pricing/receipt.ts';
import { AuthMethod, StopReason } from '#shared/sessions/session.ts';
import { Address, Geo } from '#shared/sites/site.ts';
import { TariffSnapshot, termsView } from '#shared/tariffs/site-tariff.ts';
import { TariffOverride } from '#shared/tariffs/tariff-override.ts';

const CdrTaxLine = z
  .object({ type: z.string(), rate_percent: z.string(), base: Money, amount: Money })
  .meta({ id: 'CdrTaxLine', description: 'A tax, rounded for itself.' });

/** A CDR as the API shows it. */
export const CdrView = z
  .object({
    id: z.string().meta({ example: 'cdr_01JWA5D2V8K3M9Q7T4X0N6B1RC' }),
    number: z.string().meta({
      description: 'Without gaps within a financial year (April to March).',
      example: '2026-27/000123',
    }),
    session_id: z.string(),
    issued_at: z.iso.datetime(),
    direction: z.enum(['own', 'roaming_in', 'roaming_out']),
    credit: z.boolean(),
    corrects_cdr_id: z.string().nullable(),
    started_at: z.iso.datetime(),
    charging_started_at: z.iso.datetime(),
    charging_ended_at: z.iso.datetime().nullable(),
    ended_at: z.iso.datetime(),
    stop_reason: StopReason.nullable(),
    total_minutes: z.number().meta({ description: 'From the start of charging to the end.' }),
    charging_minutes: z.number(),
    idle_minutes: z.number(),
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
    driver_id: z.string().nullable(),
    meter_start_kwh: z.number().nullable(),
    meter_stop_kwh: z.number().nullable(),
    energy_kwh: z.number(),
    billed_energy_kwh: z.number().meta({ description: 'Without what an allowance made free.' }),
    soc_end: z.number().nullable(),
    tariff_snapshot: TariffSnapshot,
    tariff_override: TariffOverride.nullable(),
    lines: z.array(CostLine).meta({
      description: 'Add up to the subtotal, or to the total where prices include the taxes.',
    }),
    subtotal: Money,
    supplier_gstin: z.string().nullable(),
    sac: z.string(),
    tax_lines: z.array(CdrTaxLine),
    total_excl_tax: Money,
    tax: Money,
    total: Money,
    currency: z.string(),
    flags: z.array(z.string()).meta({
      description: 'What to know in a dispute: `interpolated`, `incomplete_data`, `offline` …',
    }),
    external_ref: z.string().nullable(),
    metadata: Metadata,
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'Cdr', description: 'The priced record of one session. It never changes.' });
export type CdrView = z.infer<typeof CdrView>;

const kwhOrNull = (wh: number | null) => (wh === null ? null : kwhOfWh(wh));

export function cdrView(cdr: Cdr): CdrView {
  const { receipt, tariff, meter_start_wh, meter_stop_wh, ...fields } = cdr;
  const money = (minor: number) => moneyOf(minor, receipt.currency);
  return {
    ...fields,
    ...cdrTotals(cdr),
    direction: 'own',
    credit: false,
    corrects_cdr_id: null,
    total_minutes: durationMinutes(cdr),
    charging_minutes: minutesOf(receipt.charging_seconds),
    idle_minutes: minutesOf(receipt.idle_seconds),
    meter_start_kwh: kwhOrNull(meter_start_wh),
    meter_stop_kwh: kwhOrNull(meter_stop_wh),
    billed_energy_kwh: kwhOfWh(receipt.billed_energy_wh),
    tariff_snapshot: termsView(tariff),
    lines: receipt.lines.map((line) => costLine(line, receipt.currency)),
    subtotal: money(receipt.subtotal_minor),
    tax_lines: receipt.taxes.map((tax) => taxLine(tax, money)),
    created_at: cdr.issued_at,
    updated_at: cdr.issued_at,
    resource_version: 1,
  };
}

function cdrTotals(cdr: Cdr) {
  const { duration_minutes: _, ...totals } = cdrSummary(cdr);
  return totals;
}

const taxLine = (
  { type, rate_percent, base_minor, amount_minor }: TaxLine,
  money: (minor: number) => Money,
) => ({ type, rate_percent, base: money(base_minor), amount: money(amount_minor) });
