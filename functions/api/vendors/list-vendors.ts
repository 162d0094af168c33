import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { answerList, commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { listVendors, VendorView } from '#shared/vendors/list-vendors.ts';
import { VendorStatus } from '#shared/vendors/vendor.ts';

export const endpoint = defineEndpoint({
  id: 'listVendors',
  route: 'GET /v1/vendors',
  summary: 'List vendors',
  description: `Operators, site hosts, land owners and other parties with a share, each with its
agreement, the CDRs of its sites in the current month, and what a payout of that month would be so far.`,
  scope: 'vendors:read',
  query: z.object({
    ids: commaList(z.string().max(64)).optional(),
    site_id: z.string().max(48).optional(),
    status: commaList(VendorStatus).optional(),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('vendors', VendorView),
  examples: {
    all: {
      summary: 'One site host',
      query: {},
      response: {
        vendors: [
          {
            id: 'ven_01JWA3M7Q4V0T9E6C2X8N5B1RD',
            name: 'Indiranagar Mall',
            type: 'site_host',
            status: 'active',
            site_ids: ['BLR-IND'],
            chargers: 12,
            agreement: {
              id: 'agr_01JWA3M7Q4V0T9E6C2X8N5B1RE',
              model: 'revenue_share',
              share_percent: '70.00',
            },
            period: {
              from: '2026-05-01',
              to: '2026-05-31',
              sessions: 412,
              energy_kwh: 5830.4,
              net_revenue: { amount: '100000.00', currency: 'INR' },
            },
            payable: { amount: '75223.68', currency: 'INR' },
            livemode: true,
            created_at: '2026-01-05T04:30:00.000Z',
            updated_at: '2026-01-05T04:30:00.000Z',
            resource_version: 1,
          },
        ],
        total: 1,
        next_cursor: null,
      },
    },
  },
  handle: ({ query }, ctx) =>
    answerList(ctx, { list: 'listVendors', plural: 'vendors', query }, (page) =>
      listVendors(ctx, query, page),
    ),
});

export const handler = serve(endpoint);
