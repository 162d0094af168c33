import { issueCdr } from '#shared/cdrs/issue-cdr.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { seedVendor } from '#shared/vendors/seed-vendor.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anEndedSession } from '#test/support/ended-session.ts';

/** A site with its demo vendor, on the 20th of May 2026 in Bengaluru. */
export async function vendorWorld() {
  const ctx = testContext({
    at: '2026-05-20T06:00:00.000Z',
    organization: { created_at: '2026-01-01T00:00:00.000Z' },
  });
  await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Indiranagar' }));
  return { ctx, vendor: await seedVendor(ctx) };
}

/** A CDR of this much before 18 % GST. */
export async function aSale(ctx: TestContext, amount: string, siteId = 'BLR-IND') {
  const { session, live } = await anEndedSession(ctx, {
    session: {
      site_id: siteId,
      tariff_override: { type: 'flat', amount: { amount, currency: 'INR' } },
    },
  });
  return issueCdr(ctx, session, live);
}
