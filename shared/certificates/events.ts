import {
  expiringExample,
  failedExample,
  issuedExample,
} from '#shared/certificates/certificate-example.ts';
import { ChargerCertificate } from '#shared/certificates/charger-certificate.ts';
import { defineEvent } from '#shared/events/event.ts';

const of = {
  object: 'charger_certificate',
  data: ChargerCertificate,
  channels: ['webhook'],
} as const;

export const CertificateRenewed = defineEvent({
  ...of,
  name: 'certificate.renewed',
  example: issuedExample,
  when: 'The charger installed the certificate issued to it',
});
export const CertificateExpiring = defineEvent({
  ...of,
  name: 'certificate.expiring',
  example: expiringExample,
  when: '30, 7 and 1 days before expiry',
});
export const CertificateRenewalFailed = defineEvent({
  ...of,
  name: 'certificate.renewal_failed',
  example: failedExample,
  when: 'Its request or its installation failed; the one before stays in use',
});
