import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import {
  type Certificate,
  oneLine,
  readChain,
  UnreadableCertificate,
} from '#shared/plug-and-charge/certificate.ts';
import { findPath } from '#shared/plug-and-charge/find-path.ts';
import type { NewRootCertificate } from '#shared/plug-and-charge/new-root-certificate.ts';
import {
  allRootCertificates,
  RootCertificate,
  type RootCertificateView,
  rootCertificateView,
} from '#shared/plug-and-charge/root-certificate.ts';

/** Every check of a contract looks at each of them. */
const MOST = 100;

/**
 * Trusts a certificate from now on. Throws validation_failed (no CA, expired, a chain that does not hold),
 * conflict where it is trusted already, site_restricted.
 */
export async function addRootCertificate(
  ctx: Context,
  { kind, certificate: pem, name }: NewRootCertificate,
): Promise<RootCertificateView> {
  if (allowedSites(ctx))
    throw new AppError('site_restricted', 'This credential is restricted to sites; roots are not.');
  const { anchor, below } = readAnchor(ctx, pem);
  if ((await allRootCertificates(ctx)).length >= MOST)
    throw new AppError('conflict', `An organization has at most ${MOST} root certificates.`);
  const at = isoNow(ctx);
  const root = RootCertificate.parse({
    id: rootIdOf(anchor),
    kind,
    name,
    subject: oneLine(anchor.x509.subject),
    issuer: oneLine(anchor.x509.issuer),
    serial_number: anchor.serialNumber,
    fingerprint: anchor.fingerprint,
    not_before: anchor.notBefore.toISOString(),
    not_after: anchor.notAfter.toISOString(),
    pem: anchor.pem,
    intermediates: below.map((ca) => ca.pem),
    created_at: at,
    updated_at: at,
    version: 1,
  });
  const key = keys.rootCertificate(ctx.tenantId, root.fingerprint);
  try {
    await commit(ctx, {
      aggregate: { kind: 'root_certificate', id: root.id, version: 1 },
      writes: [{ op: 'put', when: 'absent', item: { ...key, ...root } }],
    });
  } catch (error) {
    throw error instanceof ConditionFailed ? known(root) : error;
  }
  return rootCertificateView(ctx, root);
}

export const rootIdOf = ({ fingerprint }: Pick<Certificate, 'fingerprint'>): string =>
  `rca_${fingerprint.slice(0, 32)}`;

/**
 * What is to be trusted: the one that signed itself or, of CAs that all have their issuer elsewhere, the
 * one above the others. The rest must lead to it.
 */
function readAnchor(ctx: Context, pem: string): { anchor: Certificate; below: Certificate[] } {
  const chain = readGiven(pem);
  const above = chain.filter((ca) => !chain.some((other) => other !== ca && isBelow(ca, other)));
  const [anchor, another] = above;
  if (!anchor || another) throw refused('not_a_chain', 'Its certificates do not form one chain.');
  if (chain.some((ca) => !ca.maySign))
    throw refused('not_a_ca', 'One of its certificates is not that of a CA.');
  const broken = chain.find((certificate) => certificate.unfit)?.unfit;
  if (broken) throw refused('not_acceptable', broken);
  const isSelfSigned = isBelow(anchor, anchor);
  if (isSelfSigned && !anchor.x509.verify(anchor.x509.publicKey))
    throw refused('bad_signature', 'It is not signed by its own key.');
  if (anchor.notAfter < ctx.now()) throw refused('expired', 'It has expired.');
  const below = chain.filter((ca) => ca !== anchor);
  for (const leaf of below) {
    const path = findPath({ leaf, between: below, anchors: [anchor], at: ctx.now() });
    if (path.problem) throw refused('not_a_chain', `${oneLine(leaf.x509.subject)}: ${path.reason}`);
  }
  return { anchor, below };
}

const isBelow = (ca: Certificate, issuer: Certificate) =>
  Buffer.compare(ca.issuerName, issuer.subjectName) === 0;

function readGiven(pem: string): Certificate[] {
  try {
    const chain = readChain(pem);
    return chain.filter(
      (ca, n) => chain.findIndex((other) => other.fingerprint === ca.fingerprint) === n,
    );
  } catch (error) {
    throw error instanceof UnreadableCertificate ? refused('malformed', error.message) : error;
  }
}

const refused = (code: string, message: string) =>
  new AppError('validation_failed', 'This certificate cannot be trusted.', {
    errors: [{ field: 'certificate', code, message }],
  });

const known = ({ id }: RootCertificate) =>
  new AppError('conflict', `This certificate is trusted already, as ${id}.`, {
    errors: [{ field: 'certificate', code: 'taken', message: `It is ${id}.` }],
  });
