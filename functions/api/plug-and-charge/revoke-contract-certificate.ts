import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { contractExample } from '#shared/plug-and-charge/certificate-example.ts';
import { ContractView } from '#shared/plug-and-charge/contract.ts';
import { revokeContract } from '#shared/plug-and-charge/revoke-contract.ts';

export const endpoint = defineEndpoint({
  id: 'revokeContractCertificate',
  route: 'DELETE /v1/pnc/contracts/{emaid}',
  summary: 'Revoke a Plug & Charge contract',
  description: `
The contract opens no charger any more: its token is blocked, and a car that shows its certificate is told that
the contract is cancelled. A session under way goes on. The contract stays in the list as \`revoked\`; a repeat
answers the same, and \`POST /v1/pnc/contracts\` can provision it anew.

The certificate itself is revoked by whoever issued it.`,
  scope: 'pnc:write',
  params: z.object({
    emaid: z.string().max(40).meta({ description: 'In any spelling.', example: 'DE8AACA2B3C4D5' }),
  }),
  query: z.object({
    reason: z.string().max(200).optional().meta({
      description: 'Kept with the contract.',
      example: 'The car was sold.',
    }),
  }),
  status: 200,
  response: ContractView,
  errors: ['not_found', 'etag_mismatch', 'site_restricted'],
  examples: {
    sold: {
      summary: 'A car that was sold',
      params: { emaid: 'DE8AACA2B3C4D5' },
      query: { reason: 'The car was sold.' },
      response: {
        ...contractExample,
        status: 'revoked',
        revoked_at: '2026-06-02T10:00:00.000Z',
        revocation_reason: 'The car was sold.',
      },
    },
  },
  handle: ({ params, query, ifMatch }, ctx) =>
    revokeContract(ctx, params.emaid, query.reason ?? null, ifMatch),
});

export const handler = serve(endpoint);
