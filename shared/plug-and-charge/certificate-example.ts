import type { ChargerCertificateView } from '#shared/plug-and-charge/charger-certificate.ts';
import type { ContractView } from '#shared/plug-and-charge/contract.ts';
import type { RootCertificateView } from '#shared/plug-and-charge/root-certificate.ts';

export const pemExample = `-----BEGIN CERTIFICATE-----
MIIBgTCCASegAwIBAgIBETAKBggqhkjOPQQDAjAqMRAwDgYDVQQDDAdNTyBSb290
…
-----END CERTIFICATE-----
`;

const stamps = {
  livemode: false,
  created_at: '2026-06-01T04:30:00.000Z',
  updated_at: '2026-06-01T04:30:00.000Z',
  resource_version: 1,
};

export const rootExample = {
  id: 'rca_9f86d081884c7d659a2feaa0c55ad015',
  kind: 'mo',
  name: 'Mobility operator root 2026',
  subject: 'CN=MO Root, O=Example Mobility, C=DE',
  issuer: 'CN=MO Root, O=Example Mobility, C=DE',
  serial_number: '11',
  fingerprint: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  not_before: '2026-01-01T00:00:00.000Z',
  not_after: '2046-01-01T00:00:00.000Z',
  expired: false,
  certificate: pemExample,
  intermediates: [],
  ...stamps,
} satisfies RootCertificateView;

export const contractExample = {
  emaid: 'DE8AACA2B3C4D5',
  emaid_printed: 'DE-8AA-CA2B3C4D5-L',
  status: 'active',
  driver_id: 'drv_01JV9W8Q0T6H3M5X7B2K4N1DZC',
  vehicle_id: null,
  token_id: 'tok_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  certificate: {
    subject: 'CN=DE8AACA2B3C4D5, O=Example Mobility',
    issuer: 'CN=MO Sub-CA 2, O=Example Mobility, C=DE',
    serial_number: '1f3a',
    fingerprint: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
    not_before: '2026-05-01T00:00:00.000Z',
    not_after: '2028-05-01T00:00:00.000Z',
  },
  expires_at: '2028-05-01T00:00:00.000Z',
  activated_at: '2026-06-01T04:30:00.000Z',
  revoked_at: null,
  revocation_reason: null,
  external_ref: null,
  metadata: {},
  ...stamps,
} satisfies ContractView;

export const requestedContractExample = {
  ...contractExample,
  status: 'requested',
  certificate: null,
  expires_at: null,
  activated_at: null,
} satisfies ContractView;

export const chargerCertificateExample = {
  id: 'crt_5f2d0c8b7e6a49138f0b1c2d3e4f5a6b',
  charger_id: 'BLR-014',
  kind: 'v2g',
  hash: {
    algorithm: 'sha256',
    issuer_name_hash: '5115b6c3bc57db18a3ffcd9d37a6782b3cc4a16eaa0c5d22ba32f68e4ccf1dd8',
    issuer_key_hash: '0dc4dd6e485d1c2095c71f2793224a604c9047faa90663081c3d2a5cbdf15487',
    serial_number: '11',
  },
  children: [],
  subject: 'CN=V2G Root, O=Example PKI, C=DE',
  issuer: 'CN=V2G Root, O=Example PKI, C=DE',
  serial_number: '11',
  fingerprint: 'fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9',
  not_before: '2026-01-01T00:00:00.000Z',
  not_after: '2066-01-01T00:00:00.000Z',
  root_certificate_id: null,
  installed_at: '2026-06-01T04:30:00.000Z',
  reported_at: null,
  ...stamps,
} satisfies ChargerCertificateView;

export const revokedContractExample = {
  ...contractExample,
  status: 'revoked',
  revoked_at: '2026-06-02T08:00:00.000Z',
  revocation_reason: 'The vehicle was sold.',
  updated_at: '2026-06-02T08:00:00.000Z',
  resource_version: 2,
} satisfies ContractView;

/** A month before its end. */
export const expiringContractExample = {
  ...contractExample,
  certificate: { ...contractExample.certificate, not_after: '2026-07-01T00:00:00.000Z' },
  expires_at: '2026-07-01T00:00:00.000Z',
} satisfies ContractView;

/** As it was when the charger threw it away. */
export const deletedCertificateExample = {
  ...chargerCertificateExample,
  updated_at: '2026-06-02T08:00:00.000Z',
  resource_version: 2,
} satisfies ChargerCertificateView;
