import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { PayoutPreview } from '#shared/payouts/payout-preview.ts';
import { previewPayout } from '#shared/payouts/preview-payout.ts';

export const endpoint = defineEndpoint({
  id: 'previewPayout',
  route: 'POST /v1/payouts/preview',
  summary: 'Preview a payout',
  description: `Computes what a vendor would be paid for a period, line by line, and stores nothing:
revenue of the CDRs issued in the period, less fees, the vendor's share, GST on it where the vendor is
registered, and tax withheld. Days are those of the organization's time zone, both included, at most 92.
Tax rules are those of the last day; each line names its own.`,
  scope: 'payouts:read',
  body: z.strictObject({
    vendor_id: z.string().min(1).max(64),
    period_start: z.iso.date(),
    period_end: z.iso.date(),
  }),
  status: 200,
  response: PayoutPreview,
  errors: ['not_found', 'validation_failed'],
  examples: {
    month: {
      summary: 'A month of a site host with a share of 70 %',
      body: {
        vendor_id: 'ven_01JWA3M7Q4V0T9E6C2X8N5B1RD',
        period_start: '2026-05-01',
        period_end: '2026-05-31',
      },
      response: {
        vendor_id: 'ven_01JWA3M7Q4V0T9E6C2X8N5B1RD',
        agreement_id: 'agr_01JWA3M7Q4V0T9E6C2X8N5B1RE',
        currency: 'INR',
        period_start: '2026-05-01',
        period_end: '2026-05-31',
        sessions: 412,
        energy_kwh: 5830.4,
        lines: [
          { code: 'gross_collected', amount: '118000.00' },
          { code: 'output_gst', amount: '-18000.00', rate_percent: '18.00' },
          { code: 'net_revenue', amount: '100000.00', subtotal: true },
          { code: 'platform_fee', amount: '-5000.00', rate_percent: '5.00' },
          { code: 'psp_fees', amount: '-2360.00', rate_percent: '2.00' },
          { code: 'shareable_base', amount: '92640.00', subtotal: true },
          { code: 'vendor_share', amount: '64848.00', rate_percent: '70.00' },
          {
            code: 'gst_on_share',
            amount: '11672.64',
            rate_percent: '18.00',
            tax_rule: 'gst_service@2024-07',
          },
          {
            code: 'tds',
            amount: '-1296.96',
            rate_percent: '2.00',
            tax_rule: 'tds_commission@2024-10',
          },
        ],
        net_payable: { amount: '75223.68', currency: 'INR' },
        carried_forward: { amount: '0.00', currency: 'INR' },
        cdr_count: 412,
        excluded: [],
        warnings: [],
        computed_at: '2026-06-01T04:00:00.000Z',
        preview_token: 'pvt_tR2c0VvQk1Zs8n5yB7xJ3mL9aW4eH6dF',
      },
    },
  },
  handle: ({ body }, ctx) =>
    previewPayout(ctx, body.vendor_id, { from: body.period_start, to: body.period_end }),
});

export const handler = serve(endpoint);
