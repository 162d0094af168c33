import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { newRequestNumber } from '#shared/commands/request-number.ts';
import { CustomerInput } from '#shared/customer-information/customer-information.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';

const CustomerRequest = z
  .object({
    action: z.enum(['report', 'erase', 'report_and_erase']),
    token: z
      .object({
        uid: z.string().min(1).max(36).meta({ example: '04A2B3C4D5' }),
        type: z.enum(['rfid', 'app', 'ad_hoc', 'emaid', 'autocharge']).default('rfid'),
      })
      .optional()
      .meta({ description: 'The card or other token of the customer.' }),
    customer_identifier: z.string().min(1).max(64).optional().meta({
      description: 'What the charger knows the customer by: a name, an account number.',
    }),
    certificate: CustomerInput.shape.certificate.meta({
      description: "The hash data of the customer's contract certificate.",
    }),
    expires_in_seconds: expiresIn,
  })
  .refine(
    ({ token, customer_identifier, certificate }) =>
      [token, customer_identifier, certificate].filter((who) => who !== undefined).length === 1,
    { message: 'Name the customer by exactly one of token, customer_identifier, certificate.' },
  )
  .meta({ id: 'CustomerInformationRequest' });

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'requestCustomerInformation',
  route: 'POST /v1/chargers/{charger_id}/commands/customer-information',
  summary: 'Ask what a charger keeps of a customer, or have it erased',
  description: `
For people who ask what is known of them, and for those who want it gone. A charger may keep cards,
names and past charges by itself. The command is \`accepted\` when the charger agrees and \`completed\`
when its whole report is there, in \`result.data.information\`, in the words of its maker; one to \`erase\`
without a report is \`completed\` when the charger agrees. Events of the
command leave the report out: it is personal data, and shown to who reads the command alone. A charger
that knows nobody of that name refuses: \`unknown_customer\`.

**409 capability_not_supported**: the charger speaks OCPP 1.6, which has no such request.
${aboutCommands}`,
  scope: 'commands:write',
  body: CustomerRequest,
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    erase: {
      summary: 'Erase what is kept of a card',
      params: { charger_id: 'BLR-014' },
      body: { action: 'erase', token: { uid: '04A2B3C4D5' } },
      response: { ...queuedExample, type: 'erase_customer_information' },
    },
  },
  async handle({ params: { charger_id: chargerId }, body, headers }, ctx) {
    await getCharger(ctx, chargerId);
    const { expires_in_seconds: expiresInSeconds, action, ...who } = body;
    const requestNumber = await newRequestNumber(ctx, chargerId);
    const command = await requestCommand(ctx, {
      type: action === 'erase' ? 'erase_customer_information' : 'customer_information',
      chargerId,
      input: {
        ...who,
        report: action !== 'erase',
        erase: action !== 'report',
        request_id: requestNumber,
      },
      requestNumber,
      expiresInSeconds,
    });
    return answerCommand(ctx, command, headers);
  },
});

export const handler = serve(endpoint);
