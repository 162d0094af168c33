import type { OcspQuestion } from '#shared/plug-and-charge/ask-ocsp.ts';
import type { ReportedCertificate } from '#shared/plug-and-charge/certificate-commands.ts';
import type { InstalledKind } from '#shared/plug-and-charge/charger-certificate.ts';
import type { HashAlgorithm, HashData } from '#shared/plug-and-charge/hash-data.ts';
import type { RootKind } from '#shared/plug-and-charge/root-certificate.ts';

/** Hash data as all versions of OCPP write them. */
export interface WireHash {
  readonly hashAlgorithm: 'SHA256' | 'SHA384' | 'SHA512';
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  readonly serialNumber: string;
}

const algorithms = { SHA256: 'sha256', SHA384: 'sha384', SHA512: 'sha512' } as const;
const wireAlgorithms: Readonly<Record<HashAlgorithm, WireHash['hashAlgorithm']>> = {
  sha256: 'SHA256',
  sha384: 'SHA384',
  sha512: 'SHA512',
};

/** Kept as the charger wrote them: it wants them back so (2.0.1 M04.FR.07). */
export const hashOf = (wire: WireHash): HashData => ({
  algorithm: algorithms[wire.hashAlgorithm],
  issuer_name_hash: wire.issuerNameHash,
  issuer_key_hash: wire.issuerKeyHash,
  serial_number: wire.serialNumber,
});

export const wireHash = (hash: HashData): WireHash => ({
  hashAlgorithm: wireAlgorithms[hash.algorithm],
  issuerNameHash: hash.issuer_name_hash,
  issuerKeyHash: hash.issuer_key_hash,
  serialNumber: hash.serial_number,
});

export const questionOf = (wire: WireHash & { readonly responderURL: string }): OcspQuestion => ({
  ...hashOf(wire),
  responder_url: wire.responderURL,
});

/** What of our kinds 2.0.1 can install; OEM roots are for the services behind it. */
export const installedAs = {
  v2g: 'V2GRootCertificate',
  mo: 'MORootCertificate',
  csms: 'CSMSRootCertificate',
  manufacturer: 'ManufacturerRootCertificate',
} as const satisfies Partial<Record<RootKind, string>>;

export const reportedAs = { ...installedAs, v2g_chain: 'V2GCertificateChain' } as const;

/** 1.6 has its own word for the platform. */
export const installedAs16 = {
  csms: 'CentralSystemRootCertificate',
  manufacturer: 'ManufacturerRootCertificate',
} as const satisfies Partial<Record<RootKind, string>>;

/** Our words, where a table has one for it. */
export const wordFor = <T extends object>(table: T, kind: PropertyKey): T[keyof T] | undefined =>
  isIn(table, kind) ? table[kind] : undefined;

const isIn = <T extends object>(table: T, kind: PropertyKey): kind is keyof T =>
  Object.hasOwn(table, kind);

const kinds = new Map<string, InstalledKind>([
  ['V2GRootCertificate', 'v2g'],
  ['MORootCertificate', 'mo'],
  ['CSMSRootCertificate', 'csms'],
  ['ManufacturerRootCertificate', 'manufacturer'],
  ['V2GCertificateChain', 'v2g_chain'],
  // Since 2.1.
  ['OEMRootCertificate', 'oem'],
]);

interface WireChain {
  readonly certificateType: string;
  readonly certificateHashData: WireHash;
  readonly childCertificateHashData?: readonly WireHash[] | undefined;
}

/** What a charger says it has. A kind that we do not know is left out. */
export const reportedBy = (chains: readonly WireChain[]): ReportedCertificate[] =>
  chains.flatMap(({ certificateType, certificateHashData, childCertificateHashData = [] }) => {
    const kind = kinds.get(certificateType);
    const children = childCertificateHashData.map(hashOf);
    return kind ? [{ kind, hash: hashOf(certificateHashData), children }] : [];
  });
