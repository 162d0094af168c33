import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { HumanId } from '#shared/chargers/charger.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { SiteTariff } from '#shared/tariffs/site-tariff.ts';
import { exampleTariff } from '#shared/tariffs/tariff-example.ts';
import { SiteTariffPatch } from '#shared/tariffs/tariff-patch.ts';
import { updateSiteTariff } from '#shared/tariffs/update-site-tariff.ts';

export const endpoint = defineEndpoint({
  id: 'updateSiteTariff',
  route: 'PATCH /v1/tariffs/{site_id}',
  summary: 'Change the tariff of a site',
  description: `Makes a new version of the site's tariff, in force now or from \`effective_from\`.
Sessions that run keep the version they began with. The patch is applied to what will be in force at
\`effective_from\`; a later version that is scheduled already still takes over at its time, which a
warning tells. A patch that changes nothing makes no version.

Unknown fields are refused, since nothing about money is ignored. Prices by time of day (\`elements\`)
are refused too.

Warnings do not stop the change: \`above_advisory_ceiling\` (the energy price before tax exceeds the
advisory service charge and a high cost of supply together), \`later_change_scheduled\`,
\`effective_from_was_past\` (prices never change backwards: the change holds from now on).`,
  scope: 'tariffs:write',
  params: z.object({ site_id: HumanId }),
  body: SiteTariffPatch,
  status: 200,
  response: SiteTariff,
  errors: ['not_found', 'etag_mismatch', 'validation_failed'],
  examples: {
    scheduled: {
      summary: 'New prices from the first of June, Indian time',
      params: { site_id: 'BLR-IND' },
      body: {
        energy_rate: '18.0000',
        idle_fee_per_minute: '2.0000',
        idle_grace_minutes: 10,
        session_fee: '0.00',
        time_rate_per_minute: null,
        tax_inclusive: false,
        effective_from: '2026-06-01T00:00:00+05:30',
      },
      response: exampleTariff,
    },
  },
  handle: ({ params, body, ifMatch }, ctx) => updateSiteTariff(ctx, params.site_id, body, ifMatch),
});

export const handler = serve(endpoint);
