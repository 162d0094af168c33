import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';
import { contractExample } from '#shared/plug-and-charge/certificate-example.ts';
import { ContractStatus, ContractView } from '#shared/plug-and-charge/contract.ts';
import { listContracts } from '#shared/plug-and-charge/list-contracts.ts';

export const endpoint = defineEndpoint({
  id: 'listContractCertificates',
  route: 'GET /v1/pnc/contracts',
  summary: 'List Plug & Charge contracts',
  description: `
Contracts by which cars may charge, newest first, revoked and expired ones too.

\`total\` counts all; it is \`null\` with a filter. A page of a filtered list may be short, or even empty: go on
while \`next_cursor\` is given. A credential that is restricted to sites sees none: contracts, like tokens, are of no site.`,
  scope: 'pnc:read',
  forDrivers: true,
  query: z.object({
    emaid: z.string().max(40).optional().meta({
      description: 'In any spelling.',
      example: 'DE-8AA-CA2B3C4D5-L',
    }),
    driver_id: z.string().max(64).optional(),
    vehicle_id: z.string().max(64).optional(),
    status: commaList(ContractStatus).optional().meta({
      description: 'In one of these states, comma between them.',
      example: 'active,expiring',
    }),
    expires_before: instant.optional().meta({ example: '2026-12-31T00:00:00Z' }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('contracts', ContractView).meta({ id: 'ContractCertificateList' }),
  examples: {
    all: {
      summary: 'All contracts',
      query: {},
      response: { contracts: [contractExample], total: 1, next_cursor: null },
    },
  },
  async handle({ query }, ctx) {
    const { limit: _, cursor: __, ...filter } = query;
    const { items, ...rest } = await readPage(ctx, 'listContractCertificates', query, (page) =>
      listContracts(ctx, filter, page),
    );
    return { contracts: items, ...rest };
  },
});

export const handler = serve(endpoint);
