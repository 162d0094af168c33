import type { Certificate } from '#shared/plug-and-charge/certificate.ts';

export type Path =
  | {
      readonly certificates: readonly [Certificate, ...Certificate[]];
      readonly problem?: undefined;
    }
  | { readonly problem: 'expired' | 'untrusted'; readonly reason: string };

interface Asked {
  readonly leaf: Certificate;
  /** CAs that came along; they vouch for nothing by themselves. */
  readonly between: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  readonly at: Date;
}

/** ISO 15118-2 allows two sub-CAs between contract and root; a cross-signature adds one. */
const LONGEST_PATH = 6;
/** Certificates made to have endless paths are given up on. */
const MOST_STEPS = 500;

/**
 * A path from the certificate to a trust anchor, leaf first (RFC 5280 §6): every signature right, every
 * issuer a CA that may sign so far above, all valid now. Of many paths any that holds will do, so that a
 * cross-signed CA counts.
 */
export function findPath({ leaf, between, anchors, at }: Asked): Path {
  const isSigned = memoised();
  const trusted = new Set(anchors.map(({ fingerprint }) => fingerprint));
  const issuers = [...anchors, ...between.filter(({ fingerprint }) => !trusted.has(fingerprint))];
  let steps = 0;
  let lapsed: string | undefined;
  const climb = (path: readonly [Certificate, ...Certificate[]]): Path | undefined => {
    const child = path.at(-1) ?? leaf;
    for (const issuer of issuers) {
      if (++steps > MOST_STEPS || path.length >= LONGEST_PATH) return undefined;
      if (path.includes(issuer) || !mayHaveIssued(issuer, child, path.length - 1)) continue;
      if (!isSigned(child, issuer)) continue;
      const longer = [...path, issuer] as const;
      const found = trusted.has(issuer.fingerprint) ? judge(longer, at) : climb(longer);
      if (found && !found.problem) return found;
      if (found?.problem === 'expired') lapsed ??= found.reason;
    }
    return undefined;
  };
  const found = climb([leaf]);
  if (found) return found;
  if (lapsed) return { problem: 'expired', reason: lapsed };
  return { problem: 'untrusted', reason: 'No path leads to a configured root certificate.' };
}

/** `casBelow`: the sub-CAs that are already between this one and the leaf. */
const mayHaveIssued = (issuer: Certificate, child: Certificate, casBelow: number): boolean =>
  issuer.maySign &&
  casBelow <= (issuer.pathLength ?? Number.POSITIVE_INFINITY) &&
  Buffer.compare(issuer.subjectName, child.issuerName) === 0;

function judge(certificates: readonly [Certificate, ...Certificate[]], at: Date): Path {
  const unfit = certificates.find((certificate) => certificate.unfit)?.unfit;
  if (unfit) return { problem: 'untrusted', reason: unfit };
  const early = certificates.find(({ notBefore }) => notBefore > at);
  if (early) return { problem: 'untrusted', reason: `${nameOf(early)} is not valid yet.` };
  const late = certificates.find(({ notAfter }) => notAfter < at);
  if (late) return { problem: 'expired', reason: `${nameOf(late)} has expired.` };
  return { certificates };
}

const nameOf = ({ commonName, serialNumber }: Certificate) => commonName ?? serialNumber;

/** Signatures cost; each pair is checked once. */
function memoised(): (child: Certificate, issuer: Certificate) => boolean {
  const known = new Map<string, boolean>();
  return (child, issuer) => {
    const pair = `${child.fingerprint} ${issuer.fingerprint}`;
    const before = known.get(pair);
    if (before !== undefined) return before;
    const isRight = verifies(child, issuer);
    known.set(pair, isRight);
    return isRight;
  };
}

/** Keys of a kind that does not fit the signature throw. */
function verifies({ x509 }: Certificate, issuer: Certificate): boolean {
  try {
    return x509.verify(issuer.x509.publicKey);
  } catch {
    return false;
  }
}
