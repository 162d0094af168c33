import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { Currency, formatMinor, formatRate, mulDiv, Rate } from '#shared/core/money.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { advisoryCeiling } from '#shared/tariffs/advisory-ceilings.ts';
import { type TariffTerms, TaxType } from '#shared/tariffs/tariff-terms.ts';
import { freeTerms, type TariffVersion, versionAt } from '#shared/tariffs/tariff-version.ts';

const perMinute = Rate.meta({ example: '2.0000' });

export const TariffTax = z
  .strictObject({
    type: TaxType,
    rate_percent: z
      .string()
      .regex(/^\d{1,2}(\.\d{1,2})?$/)
      .meta({ example: '9.00' }),
  })
  .meta({ id: 'TariffTax', description: 'A tax on the subtotal, in percent.' });

const prices = {
  id: z.string().nullable().meta({
    description: 'Of this version; null where no tariff was ever set: charging is free.',
    example: 'tvr_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  }),
  currency: Currency,
  energy_rate: Rate.meta({ description: 'Per kWh.', example: '18.0000' }),
  time_rate_per_minute: perMinute.nullable().meta({ description: 'While charging; null = none.' }),
  idle_fee_per_minute: perMinute.meta({ description: 'Plugged in without charging, after grace.' }),
  idle_grace_minutes: z
    .int()
    .meta({ description: 'Idle minutes that are free, once per session.' }),
  session_fee: z.string().meta({ description: 'Per session.', example: '0.00' }),
  tax_inclusive: z.boolean().meta({ description: 'Whether the prices contain the taxes.' }),
  taxes: z.array(TariffTax),
};

export const TariffSnapshot = z
  .object(prices)
  .meta({ id: 'TariffSnapshot', description: 'The prices a session began with.' });

const version = {
  ...prices,
  version: z.int().meta({ description: 'Counts the changes at this site; 0 = none yet.' }),
  effective_from: z.iso.datetime().nullable(),
  created_at: z.iso.datetime().nullable(),
};

export const TariffVersionView = z
  .object(version)
  .meta({ id: 'TariffVersion', description: "One state of a site's tariff; it never changes." });
export type TariffVersionView = z.infer<typeof TariffVersionView>;

const TariffWarning = z
  .object({
    code: z.enum(['above_advisory_ceiling', 'later_change_scheduled', 'effective_from_was_past']),
    message: z.string(),
  })
  .meta({ id: 'TariffWarning' });

export const SiteTariff = z
  .object({
    site_id: z.string().meta({ example: 'BLR-IND' }),
    ...version,
    next_change: TariffVersionView.nullable().meta({ description: 'What takes over, and when.' }),
    warnings: z.array(TariffWarning),
    versions: z.array(TariffVersionView).optional(),
    livemode: z.boolean(),
    resource_version: z.int(),
  })
  .meta({ id: 'SiteTariff', description: 'What a site charges.' });
export type SiteTariff = z.infer<typeof SiteTariff>;

/**
 * What a session that begins at this site now, or began there at a time in the past, is priced by.
 * Free terms, with the id null, where there is no site or no tariff.
 */
export async function termsInForce(
  ctx: Context,
  siteId: string | null,
  at: string,
): Promise<TariffTerms> {
  const version = siteId && (await versionAt(ctx, siteId, new Date(at).toISOString()));
  return version ? version.terms : freeTerms(await getOrganization(ctx));
}

/** Terms as they travel: decimal strings. */
export const termsView = (terms: TariffTerms): z.infer<typeof TariffSnapshot> => ({
  id: terms.id,
  currency: terms.currency,
  energy_rate: formatRate(terms.energy_rate),
  time_rate_per_minute: terms.time_rate_per_minute ? formatRate(terms.time_rate_per_minute) : null,
  idle_fee_per_minute: formatRate(terms.idle_fee_per_minute),
  idle_grace_minutes: terms.idle_grace_minutes,
  session_fee: formatMinor(terms.session_fee_minor),
  tax_inclusive: terms.tax_inclusive,
  taxes: terms.taxes.map(({ type, rate_bp }) => ({ type, rate_percent: formatMinor(rate_bp) })),
});

export const versionView = ({ terms, ...version }: TariffVersion): TariffVersionView => ({
  ...termsView(terms),
  version: version.version,
  effective_from: version.effective_from,
  created_at: version.created_at,
});

/** A site's tariff as its GET shows it: a version, what follows it, and what to be warned of. */
export function siteTariff(
  ctx: Context,
  version: TariffVersion,
  next: TariffVersion | undefined,
  changes: number,
): SiteTariff {
  return {
    site_id: version.site_id,
    ...versionView(version),
    next_change: next ? versionView(next) : null,
    warnings: warningsOf(ctx, version, next),
    livemode: ctx.livemode,
    resource_version: changes,
  };
}

type Warning = z.infer<typeof TariffWarning>;

function warningsOf(
  ctx: Context,
  { terms, effective_from }: TariffVersion,
  next: TariffVersion | undefined,
): Warning[] {
  const at = effective_from ?? ctx.now().toISOString();
  const ceiling = advisoryCeiling(terms.currency, at);
  const tooHigh = ceiling !== undefined && withoutTax(terms) > ceiling;
  const price = formatRate(ceiling ?? 0);
  const until = next?.effective_from;
  return [
    ...(tooHigh
      ? [warning('above_advisory_ceiling', `Above ${price} per kWh before tax: ${ADVICE}`)]
      : []),
    ...(until ? [warning('later_change_scheduled', `Another change takes over at ${until}.`)] : []),
  ];
}

const ADVICE =
  'more than the advisory service charge for DC outside solar hours (13.00) and a high cost of supply together.';

/** Prices never change backwards: a change dated in the past holds from now on, and says so. */
export const datedInThePast = (given: string): Warning =>
  warning('effective_from_was_past', `${given} has passed; the change holds from now on.`);

const warning = (code: Warning['code'], message: string): Warning => ({ code, message });

function withoutTax({ energy_rate, tax_inclusive, taxes }: TariffTerms): number {
  const taxed = taxes.reduce((sum, tax) => sum + tax.rate_bp, 10_000);
  return tax_inclusive ? mulDiv(energy_rate, 10_000, taxed) : energy_rate;
}
