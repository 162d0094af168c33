import { findIssuedCertificate } from '#shared/certificates/charger-certificate.ts';
import type { KnownCertificate } from '#shared/chargers/entrance.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';

/** The certificate of this fingerprint, if this organization's chargers were issued it. */
export async function findKnownCertificate(
  ctx: Context,
  fingerprint: string,
): Promise<KnownCertificate | undefined> {
  const pointer = await ctx.table.get(keys.certificateFingerprint(ctx.tenantId, fingerprint));
  const chargerId = pointer?.['charger_id'];
  const id = pointer?.['certificate_id'];
  if (typeof chargerId !== 'string' || typeof id !== 'string') return undefined;
  const certificate = await findIssuedCertificate(ctx, chargerId, id);
  if (certificate?.use !== 'charger') return undefined;
  const { status, not_after, good_until } = certificate;
  const ends = status === 'superseded' ? (good_until ?? '') : '~';
  const isUsable = status === 'pending' || status === 'active' || status === 'superseded';
  const now = isoNow(ctx);
  return {
    id,
    chargerId,
    isGood: isUsable && now < ends && now < (not_after ?? ''),
    isNew: status === 'pending',
  };
}
