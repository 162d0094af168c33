import type { Outcome } from '#shared/commands/settle-command.ts';
import { CustomerInput } from '#shared/customer-information/customer-information.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import { idTokenOf } from '#shared/ocpp/v201/id-token-of.ts';

/** A report of all a charger knows of somebody may be long, and chargers slow. */
const REPORTED_WITHIN_S = 300;

function toRequest(input: Readonly<Record<string, unknown>>) {
  const asked = CustomerInput.parse(input);
  const { token, customer_identifier: customerIdentifier, certificate } = asked;
  return {
    requestId: asked.request_id,
    report: asked.report,
    clear: asked.erase,
    ...(token ? { idToken: idTokenOf(token) } : {}),
    ...(customerIdentifier === undefined ? {} : { customerIdentifier }),
    ...(certificate
      ? {
          customerCertificate: {
            hashAlgorithm: certificate.hash_algorithm,
            issuerNameHash: certificate.issuer_name_hash,
            issuerKeyHash: certificate.issuer_key_hash,
            serialNumber: certificate.serial_number,
          },
        }
      : {}),
  };
}

type Answer = Payload<'ocpp2.0.1', 'CustomerInformation', 'response'>;

function refusal({ status, statusInfo }: Answer): Outcome {
  const outcome = status === 'Invalid' ? 'unknown_customer' : 'rejected';
  const reason = statusInfo?.additionalInfo ?? `The charger answered ${status}.`;
  return { status: 'rejected', outcome, reason };
}

const about = {
  capability: 'customer_information',
  example: { requestId: 7, report: true, clear: false, customerIdentifier: 'C-1' },
  toRequest,
} as const;

/** What the charger keeps of a customer: to be told, and erased too where that is asked (2.0.1 N09, N10). */
export const customerInformation = defineOutbound('ocpp2.0.1', 'CustomerInformation', {
  ...about,
  command: 'customer_information',
  outcomeOf: (answer) =>
    answer.status === 'Accepted'
      ? { status: 'accepted', outcome: 'reporting', followUpSeconds: REPORTED_WITHIN_S }
      : refusal(answer),
});

/** To be erased without a report: nothing follows (N10.FR.03). */
export const eraseCustomer = defineOutbound('ocpp2.0.1', 'CustomerInformation', {
  ...about,
  command: 'erase_customer_information',
  outcomeOf: (answer) =>
    answer.status === 'Accepted' ? { status: 'completed', outcome: 'erased' } : refusal(answer),
});
