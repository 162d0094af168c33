import type { Context } from '#shared/core/context.ts';
import { conflict, notFound } from '#shared/core/errors.ts';
import type { DeleteInput } from '#shared/plug-and-charge/certificate-commands.ts';
import { findInstalledCertificate } from '#shared/plug-and-charge/charger-certificate.ts';

/** Throws not_found; conflict where its issuer is unknown, so that the charger has yet to name it. */
export async function certificateToDelete(
  ctx: Context,
  chargerId: string,
  id: string,
): Promise<DeleteInput> {
  const certificate = await findInstalledCertificate(ctx, chargerId, id);
  if (!certificate) throw notFound('Certificate');
  const { hash, kind } = certificate;
  if (!hash) throw conflict('Read the list from the charger first: only it can name this one yet.');
  return { certificate_id: id, kind, hash };
}
