import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger } from '#test/support/fake-charger.ts';

/** A site with A (one Type2 socket of 22 kW, never connected) and B (CCS2 of 60 and 120 kW, online). */
export async function aSiteToReserveAt(): Promise<TestContext> {
  const ctx = testContext();
  await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Indiranagar' }));
  await aCharger(ctx, 'A', { site_id: 'BLR-IND' });
  await anOnlineCharger(ctx, 'B', {
    site_id: 'BLR-IND',
    connectors: [
      { id: 1, type: 'CCS2', power_kw: 60 },
      { id: 2, type: 'CCS2', power_kw: 120 },
    ],
  });
  return ctx;
}
