import type { Context } from '#shared/core/context.ts';
import { getSiteTariff } from '#shared/tariffs/read-site-tariffs.ts';
import type { SiteTariff } from '#shared/tariffs/site-tariff.ts';
import { headVersion } from '#shared/tariffs/tariff-version.ts';
import { updateSiteTariff } from '#shared/tariffs/update-site-tariff.ts';

/** A tariff to begin with, where a site has none: energy, idle time after ten minutes, GST in halves. */
export async function seedSiteTariff(ctx: Context, siteId: string): Promise<SiteTariff> {
  if ((await headVersion(ctx, siteId)) > 0) return getSiteTariff(ctx, siteId, false);
  return updateSiteTariff(ctx, siteId, {
    energy_rate: '18.0000',
    idle_fee_per_minute: '2.0000',
    idle_grace_minutes: 10,
    tax_inclusive: false,
    taxes: [
      { type: 'CGST', rate_percent: '9.00' },
      { type: 'SGST', rate_percent: '9.00' },
    ],
  });
}
