import { CustomerInput } from '#shared/customer-information/customer-information.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import { idTokenOf } from '#shared/ocpp/v201/id-token-of.ts';

/** A report of all a charger knows of somebody may be long, and chargers slow. */
const REPORTED_WITHIN_S = 300;

/** What the charger keeps of a customer: to be told, erased, or both (2.0.1 N09, N10). */
export const customerInformation = defineOutbound('ocpp2.0.1', 'CustomerInformation', {
  command: 'customer_information',
  capability: 'customer_information',
  example: { requestId: 7, report: true, clear: false, customerIdentifier: 'C-1' },
  toRequest(input) {
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
  },
  outcomeOf({ status, statusInfo }) {
    if (status === 'Accepted')
      return { status: 'accepted', outcome: 'reporting', followUpSeconds: REPORTED_WITHIN_S };
    const outcome = status === 'Invalid' ? 'unknown_customer' : 'rejected';
    const reason = statusInfo?.additionalInfo ?? `The charger answered ${status}.`;
    return { status: 'rejected', outcome, reason };
  },
});
