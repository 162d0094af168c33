import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint, withStatus } from '#shared/http/endpoint.ts';
import {
  contractExample,
  pemExample,
  requestedContractExample,
} from '#shared/plug-and-charge/certificate-example.ts';
import { ContractView, contractView, getContract } from '#shared/plug-and-charge/contract.ts';
import { NewContract } from '#shared/plug-and-charge/new-contract.ts';

export const endpoint = defineEndpoint({
  id: 'createContractCertificate',
  route: 'POST /v1/pnc/contracts',
  summary: 'Provision a Plug & Charge contract',
  description: `
From now on a car with this contract may charge: its eMAID becomes a **token** of type \`emaid\`, which is
authorised like any other (status, validity, groups, access to sites), and is blocked when the contract is
revoked. Change the token with \`PATCH /v1/tokens/{token_id}\` to give it a group or labels.

With a \`certificate\` the contract is \`active\` at once and ends with it; the chain must lead to a trust anchor of
kind \`mo\` or \`v2g\`, and be of this eMAID. Without one it is \`requested\`, and becomes active when a
provisioning service has issued its certificate, or a car shows it.

A contract that runs takes a **newer certificate** by the same call: **200** with the contract.

**409 conflict**: the contract runs already, and no certificate is given; or its eMAID is the uid of another
kind of token. **422**: \`errors\` says what is wrong with the eMAID (\`malformed\`, \`wrong_check_digit\`) or the
certificate (\`malformed\`, \`wrong_emaid\`, \`expired\`, \`untrusted\`). **403 site_restricted**: contracts open
chargers everywhere.`,
  scope: 'pnc:write',
  body: NewContract,
  status: 201,
  alsoStatus: [200],
  response: ContractView,
  errors: ['conflict', 'site_restricted', 'validation_failed'],
  examples: {
    certificate: {
      summary: 'With the certificate that is in the car',
      body: {
        emaid: 'DE-8AA-CA2B3C4D5-L',
        driver_id: 'drv_01JV9W8Q0T6H3M5X7B2K4N1DZC',
        certificate: pemExample,
      },
      response: contractExample,
    },
    requested: {
      summary: 'Before the car has its certificate',
      body: {
        emaid: 'DE-8AA-CA2B3C4D5-L',
        driver_id: 'drv_01JV9W8Q0T6H3M5X7B2K4N1DZC',
      },
      response: requestedContractExample,
    },
  },
  doneWith: 'contract',
  recall: async (ctx, { id }) => contractView(ctx, await getContract(ctx, id)),
  async handle({ body }, ctx) {
    // What reads certificates is heavy; a repeat and a refusal do without.
    const { provisionContract } = await import('#shared/plug-and-charge/provision-contract.ts');
    const { contract, isNew } = await provisionContract(ctx, body);
    return withStatus(isNew ? 201 : 200, contract);
  },
});

export const handler = serve(endpoint);
