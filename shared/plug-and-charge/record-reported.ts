import { listIssuedCertificates } from '#shared/certificates/charger-certificate.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { readChain } from '#shared/plug-and-charge/certificate.ts';
import type { ReportedCertificate } from '#shared/plug-and-charge/certificate-commands.ts';
import {
  allInstalledCertificates,
  InstalledCertificate,
  type InstalledKind,
  installedItem,
} from '#shared/plug-and-charge/charger-certificate.ts';
import {
  type CertificateDetails,
  detailsOf,
  stamped,
} from '#shared/plug-and-charge/describe-certificate.ts';
import { certificateIdOf, type HashData, hashDataOf } from '#shared/plug-and-charge/hash-data.ts';
import { allRootCertificates } from '#shared/plug-and-charge/root-certificate.ts';

/** What the charger says it has: of these kinds that is all, and of all kinds where none is named. */
export async function recordReported(
  ctx: Context,
  chargerId: string,
  kinds: readonly InstalledKind[],
  reported: readonly ReportedCertificate[],
): Promise<void> {
  const known = await allInstalledCertificates(ctx, chargerId);
  const candidates = await candidatesFor(ctx, chargerId, known);
  const now = reported.flatMap((one) => {
    const kind = one.kind ?? kinds[0];
    return kind ? [reportedCertificate(ctx, chargerId, { ...one, kind }, candidates, known)] : [];
  });
  const isAskedFor = ({ kind }: InstalledCertificate) => kinds.length === 0 || kinds.includes(kind);
  const gone = known.filter((old) => isAskedFor(old) && !now.some(({ id }) => id === old.id));
  const writes: Write[] = [
    ...now.map((next) => ({ op: 'put', item: installedItem(ctx, next) }) as const),
    ...gone.map(({ id }) => {
      const key = keys.installedCertificate(ctx.tenantId, chargerId, id);
      return { op: 'delete', key } as const;
    }),
  ];
  for (let at = 0; at < writes.length; at += BATCH)
    await ctx.table.write(writes.slice(at, at + BATCH));
}

/** A transaction holds no more. */
const BATCH = 100;

function reportedCertificate(
  ctx: Context,
  chargerId: string,
  { kind, hash, children }: ReportedCertificate & { readonly kind: InstalledKind },
  candidates: readonly Candidate[],
  known: readonly InstalledCertificate[],
): InstalledCertificate {
  const found = candidates.find((each) => isSame(each.hashBy(hash), hash));
  const id = certificateIdOf(hash);
  const before =
    known.find((old) => old.id === id) ??
    known.find((old) => old.fingerprint !== null && old.fingerprint === found?.fingerprint);
  return InstalledCertificate.parse({
    ...stamped(ctx, before),
    ...found?.details,
    id,
    charger_id: chargerId,
    kind,
    hash,
    children,
    root_certificate_id: found?.rootId ?? before?.root_certificate_id ?? null,
    reported_at: isoNow(ctx),
  });
}

/** A certificate whose text is known here, by which a charger's hashes may be understood. */
interface Candidate {
  readonly fingerprint: string;
  readonly rootId: string | null;
  readonly details: CertificateDetails;
  hashBy(like: HashData): HashData;
}

async function candidatesFor(
  ctx: Context,
  chargerId: string,
  known: readonly InstalledCertificate[],
): Promise<Candidate[]> {
  const [roots, issued] = await Promise.all([
    allRootCertificates(ctx),
    listIssuedCertificates(ctx, chargerId),
  ]);
  return [
    ...roots.flatMap(({ pem, id }) => candidate(pem, id)),
    ...known.flatMap(({ pem, root_certificate_id }) => candidate(pem, root_certificate_id)),
    ...issued.flatMap(({ chain }) => candidate(chain, null)),
  ];
}

function candidate(pem: string | null, rootId: string | null): Candidate[] {
  const [certificate, issuer = certificate] = pem === null ? [] : readChain(pem);
  if (!certificate || !issuer) return [];
  return [
    {
      fingerprint: certificate.fingerprint,
      rootId,
      details: detailsOf(certificate),
      hashBy: ({ algorithm }) => hashDataOf(certificate, issuer, algorithm),
    },
  ];
}

const isSame = (a: HashData, b: HashData) => certificateIdOf(a) === certificateIdOf(b);
