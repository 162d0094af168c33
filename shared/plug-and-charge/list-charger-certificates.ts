import {
  listIssuedCertificates,
  type StoredCertificate,
} from '#shared/certificates/charger-certificate.ts';
import type { Context } from '#shared/core/context.ts';
import {
  allInstalledCertificates,
  ChargerCertificateView,
  chargerCertificateView,
} from '#shared/plug-and-charge/charger-certificate.ts';

/**
 * What certificates a charger has, as far as is known: what it told or confirmed, and what was issued to
 * it and is in use. A chain it shows to cars is told once, though it was issued and told.
 */
export async function listChargerCertificates(
  ctx: Context,
  chargerId: string,
): Promise<ChargerCertificateView[]> {
  const [installed, issued] = await Promise.all([
    allInstalledCertificates(ctx, chargerId),
    listIssuedCertificates(ctx, chargerId),
  ]);
  const told = new Set(installed.map(({ fingerprint }) => fingerprint));
  const inUse = issued.filter(
    ({ status, fingerprint }) => status === 'active' && !told.has(fingerprint),
  );
  const views = [
    ...installed.map((certificate) => chargerCertificateView(ctx, certificate)),
    ...inUse.map(issuedView),
  ];
  return views.sort((a, b) => (`${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1));
}

const issuedView = (issued: StoredCertificate): ChargerCertificateView =>
  ChargerCertificateView.parse({
    ...issued,
    kind: issued.use === 'charger' ? 'charger' : 'v2g_chain',
    hash: null,
    children: [],
    root_certificate_id: null,
    installed_at: issued.updated_at,
    reported_at: null,
  });
