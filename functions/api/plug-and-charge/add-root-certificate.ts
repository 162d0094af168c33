import { serve } from '#shared/aws/serve-endpoint.ts';
import { notFound } from '#shared/core/errors.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { pemExample, rootExample } from '#shared/plug-and-charge/certificate-example.ts';
import { NewRootCertificate } from '#shared/plug-and-charge/new-root-certificate.ts';
import {
  findRootCertificate,
  RootCertificateView,
  rootCertificateView,
} from '#shared/plug-and-charge/root-certificate.ts';

export const endpoint = defineEndpoint({
  id: 'addRootCertificate',
  route: 'POST /v1/pnc/root-certificates',
  summary: 'Trust a root certificate',
  description: `
A certificate that is trusted from now on for what it signs: contracts of cars for \`mo\` and \`v2g\`, and what
chargers are told to trust. It must be that of a CA, valid, and signed by itself, or stand alone: a sub-CA
can be trusted too.

Give the **CAs below it** along, in any order. Chargers that check contracts themselves ask for no more than
what their issuers say of them; such an answer can only be believed where the issuer is known.

**409 conflict**: it is trusted already. **422**: it is not acceptable; \`errors\` says why (\`malformed\`,
\`not_a_ca\`, \`expired\`, \`bad_signature\`, \`not_a_chain\`, \`not_acceptable\`). **403 site_restricted**: a
credential that is restricted to sites decides on no trust.`,
  scope: 'pnc:write',
  body: NewRootCertificate,
  status: 201,
  response: RootCertificateView,
  errors: ['conflict', 'site_restricted', 'validation_failed'],
  examples: {
    operator: {
      summary: 'A mobility operator',
      body: { kind: 'mo', name: 'Mobility operator root 2026', certificate: pemExample },
      response: rootExample,
    },
  },
  async recall(ctx, { id }) {
    const root = await findRootCertificate(ctx, id);
    if (!root) throw notFound('Root certificate');
    return rootCertificateView(ctx, root);
  },
  async handle({ body }, ctx) {
    // What reads certificates is heavy; a repeat and a refusal do without.
    const { addRootCertificate } = await import('#shared/plug-and-charge/add-root-certificate.ts');
    return addRootCertificate(ctx, body);
  },
});

export const handler = serve(endpoint);
