import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import {
  type Certificate,
  readChain,
  UnreadableCertificate,
} from '#shared/plug-and-charge/certificate.ts';
import type { InstallInput } from '#shared/plug-and-charge/certificate-commands.ts';
import type { CertificateToInstall } from '#shared/plug-and-charge/new-installation.ts';
import {
  findRootCertificate,
  type RootCertificate,
} from '#shared/plug-and-charge/root-certificate.ts';

/** What OCPP has room for. */
const LONGEST = 5500;

/** Throws validation_failed: nothing or too much is named, or it is no certificate of a CA that is valid. */
export async function certificateToInstall(
  ctx: Context,
  { root_certificate_id: rootId, certificate: pem, kind }: CertificateToInstall,
): Promise<InstallInput> {
  if ((rootId === undefined) === (pem === undefined))
    throw refused('certificate', 'required', 'Name a trust anchor, or give a certificate.');
  const root = rootId === undefined ? undefined : await rootOf(ctx, rootId);
  if (root && kind && kind !== root.kind)
    throw refused('kind', 'mismatch', `The trust anchor is for ${root.kind}.`);
  const isFor = root?.kind ?? kind;
  if (!isFor) throw refused('kind', 'required', 'Say what the charger shall trust it for.');
  const ca = readCa(ctx, root?.pem ?? pem ?? '');
  return { kind: isFor, pem: ca.pem, root_certificate_id: root?.id ?? null };
}

async function rootOf(ctx: Context, id: string): Promise<RootCertificate> {
  const root = await findRootCertificate(ctx, id);
  if (!root) throw refused('root_certificate_id', 'not_found', 'There is no such trust anchor.');
  return root;
}

function readCa(ctx: Context, pem: string): Certificate {
  const [ca, another] = read(pem);
  if (!ca || another) throw refused('certificate', 'not_one', 'Chargers take one root at a time.');
  if (!ca.maySign) throw refused('certificate', 'not_a_ca', 'It is not that of a CA.');
  if (ca.notAfter < ctx.now()) throw refused('certificate', 'expired', 'It has expired.');
  if (ca.pem.length > LONGEST)
    throw refused('certificate', 'too_big', `OCPP has room for ${LONGEST} characters.`);
  return ca;
}

function read(pem: string): Certificate[] {
  try {
    return readChain(pem);
  } catch (error) {
    throw error instanceof UnreadableCertificate
      ? refused('certificate', 'malformed', error.message)
      : error;
  }
}

const refused = (field: string, code: string, message: string) =>
  new AppError('validation_failed', 'This cannot be installed.', {
    errors: [{ field, code, message }],
  });
