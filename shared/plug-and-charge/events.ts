import { defineEvent } from '#shared/events/event.ts';
import {
  chargerCertificateExample,
  contractExample,
  deletedCertificateExample,
  expiringContractExample,
  revokedContractExample,
} from '#shared/plug-and-charge/certificate-example.ts';
import { ChargerCertificateView } from '#shared/plug-and-charge/charger-certificate.ts';
import { ContractView } from '#shared/plug-and-charge/contract.ts';

const contract = {
  object: 'contract_certificate',
  channels: ['webhook'],
  data: ContractView,
} as const;
const certificate = {
  object: 'charger_certificate',
  channels: ['webhook'],
  data: ChargerCertificateView,
} as const;

export const ContractProvisioned = defineEvent({
  ...contract,
  name: 'pnc.contract_provisioned',
  example: contractExample,
  when: 'Contract active',
});
export const ContractRevoked = defineEvent({
  ...contract,
  name: 'pnc.contract_revoked',
  example: revokedContractExample,
  when: 'Revoked',
});
export const ContractExpiring = defineEvent({
  ...contract,
  name: 'pnc.contract_expiring',
  example: expiringContractExample,
  when: '30, 7 and 1 days before expiry',
});
export const CertificateInstalled = defineEvent({
  ...certificate,
  name: 'certificate.installed',
  example: chargerCertificateExample,
  when: 'Charger confirmed installation',
});
export const CertificateDeleted = defineEvent({
  ...certificate,
  name: 'certificate.deleted',
  example: deletedCertificateExample,
  when: 'Charger confirmed deletion',
});
