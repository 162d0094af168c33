import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { commaList, listOf } from '#shared/http/list.ts';
import { rootExample } from '#shared/plug-and-charge/certificate-example.ts';
import {
  allRootCertificates,
  RootCertificateView,
  RootKind,
  rootCertificateView,
} from '#shared/plug-and-charge/root-certificate.ts';

export const endpoint = defineEndpoint({
  id: 'listRootCertificates',
  route: 'GET /v1/pnc/root-certificates',
  summary: 'List trust anchors',
  description: `
The certificates that the organization trusts, the newest last. Contracts of cars are checked against those
of kind \`mo\` and \`v2g\`; any of them can be installed in chargers. They are few, and come all at once:
\`next_cursor\` is always \`null\`.`,
  scope: 'pnc:read',
  query: z.object({
    kind: commaList(RootKind).optional().meta({
      description: 'Of these kinds, comma between them.',
      example: 'mo,v2g',
    }),
  }),
  status: 200,
  response: listOf('root_certificates', RootCertificateView).meta({ id: 'RootCertificateList' }),
  examples: {
    all: {
      summary: 'All of them',
      query: {},
      response: { root_certificates: [rootExample], total: 1, next_cursor: null },
    },
  },
  async handle({ query: { kind: kinds } }, ctx) {
    const all = await allRootCertificates(ctx);
    const roots = all
      .filter(({ kind }) => !kinds || kinds.includes(kind))
      .sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
    const root_certificates = roots.map((root) => rootCertificateView(ctx, root));
    return { root_certificates, total: root_certificates.length, next_cursor: null };
  },
});

export const handler = serve(endpoint);
