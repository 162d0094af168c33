import type { X509Certificate } from 'node:crypto';
import type { CertificateHash } from '#simulator/certificates/contract.ts';
import { certificatesOf, hashDataOf } from '#simulator/certificates/hash-data.ts';
import type { RootCertificate } from '#simulator/certificates/held-certificate.ts';
import { recordSecurityEvent } from '#simulator/logs/security-events.ts';
import { settingNumber } from '#simulator/settings.ts';
import { keep } from '#simulator/store.ts';
import type { Turn } from '#simulator/turn.ts';

/** A certificate of the store, and what identifies it. */
type Identified = { hash: CertificateHash; children: CertificateHash[] };

/** Keeps a root; one that is there already is no second one [2.0.1 M05]. */
export function installRoot(turn: Turn, root: RootCertificate): 'Accepted' | 'Rejected' | 'Failed' {
  const { state, now } = turn;
  const [certificate] = certificatesOf(root.pem) ?? [];
  if (!certificate || Date.parse(certificate.validTo) <= now) {
    if (root.use === 'csms') recordSecurityEvent(turn, 'InvalidCsmsCertificate');
    return 'Rejected';
  }
  const others = state.store.roots.filter(
    ({ use, pem }) => use !== root.use || fingerprint(pem) !== certificate.fingerprint256,
  );
  if (others.length >= settingNumber(turn, 'certificateLimit')) return 'Failed';
  keep(state, { roots: [...others, root] });
  return 'Accepted';
}

const fingerprint = (pem: string): string | undefined => certificatesOf(pem)?.[0]?.fingerprint256;

/** Takes away the root a hash names. What was signed for us stays [2.0.1 M04.FR.06]. */
export function deleteRoot(
  { state }: Turn,
  wanted: CertificateHash,
): 'Accepted' | 'Failed' | 'NotFound' {
  const roots = issuers(state.store.roots);
  const isMeant = ({ pem }: { pem: string }): boolean => {
    const [certificate, ...above] = certificatesOf(pem) ?? [];
    if (!certificate) return false;
    return isSame(hashOf(certificate, [...above, ...roots], wanted), wanted);
  };
  const rest = state.store.roots.filter((root) => !isMeant(root));
  if (rest.length < state.store.roots.length) {
    keep(state, { roots: rest });
    return 'Accepted';
  }
  return state.store.own.some(({ chain }) => isMeant({ pem: chain })) ? 'Failed' : 'NotFound';
}

const isSame = (one: CertificateHash, other: CertificateHash): boolean =>
  (['issuerNameHash', 'issuerKeyHash', 'serialNumber'] as const).every(
    (name) => one[name].toLowerCase() === other[name].toLowerCase(),
  );

const hashOf = (
  certificate: X509Certificate,
  known: readonly X509Certificate[],
  { hashAlgorithm }: Pick<CertificateHash, 'hashAlgorithm'> = { hashAlgorithm: 'SHA256' },
): CertificateHash => {
  const issuer = known.find((one) => certificate.checkIssued(one)) ?? certificate;
  return hashDataOf(certificate, issuer, hashAlgorithm);
};

const issuers = (roots: readonly RootCertificate[]): X509Certificate[] =>
  roots.flatMap(({ pem }) => certificatesOf(pem) ?? []);

export function rootHashes({ state }: Turn, use: RootCertificate['use']): CertificateHash[] {
  const { roots } = state.store;
  return roots
    .filter((root) => root.use === use)
    .flatMap(({ pem }) => certificatesOf(pem)?.slice(0, 1) ?? [])
    .map((one) => hashOf(one, issuers(roots)));
}

/** The chain by which we speak to cars: its leaf, and those above it. */
export function v2gChain({ state }: Turn): Identified | null {
  const held = state.store.own.find(({ use }) => use === 'v2g');
  const certificates = certificatesOf(held?.chain ?? '') ?? [];
  const known = [...certificates, ...issuers(state.store.roots)];
  const [hash, ...children] = certificates.map((one) => hashOf(one, known));
  return hash ? { hash, children: children.slice(0, 4) } : null;
}
