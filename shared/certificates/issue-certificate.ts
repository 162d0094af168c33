import { X509Certificate } from 'node:crypto';
import {
  findIssuedCertificate,
  type StoredCertificate,
} from '#shared/certificates/charger-certificate.ts';
import { delivery } from '#shared/certificates/deliver-certificate.ts';
import { saveCertificate } from '#shared/certificates/save-certificate.ts';
import { failCertificate } from '#shared/certificates/settle-certificate.ts';
import { readSigningRequest, SigningRequestError } from '#shared/certificates/signing-request.ts';
import type { Charger } from '#shared/chargers/charger.ts';
import { findCharger } from '#shared/chargers/charger-view.ts';
import { commandTasks } from '#shared/commands/queue-command.ts';
import type { Context } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

/** A charger's clock may be behind ours. */
const BACKDATED_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * Makes the certificate a charger asked for and queues it for the charger. What cannot be signed fails,
 * with the reason. Done once, however often it is asked.
 */
export async function issueCertificate(
  ctx: Context,
  chargerId: string,
  certificateId: string,
): Promise<void> {
  const before = await findIssuedCertificate(ctx, chargerId, certificateId);
  const charger = await findCharger(ctx, chargerId);
  if (before?.status !== 'requested' || !charger) return;
  try {
    const chain = await order(ctx, charger, before);
    await keep(ctx, before, chain);
  } catch (error) {
    if (error instanceof SigningRequestError) await failCertificate(ctx, before, error.message);
    // Somebody was faster, and their certificate counts.
    else if (!(error instanceof ConditionFailed)) throw error;
  }
}

async function order(ctx: Context, charger: Charger, { csr, use }: StoredCertificate) {
  const bytes = Buffer.from(csr, 'base64');
  const { commonName: asked } = await readSigningRequest(bytes);
  const { name, certificate_valid_days: days } = await getOrganization(ctx);
  const now = ctx.now().getTime();
  const names = [charger.serial_number, charger.ocpp_identity];
  return ctx.ca.issueCertificate({
    csr: bytes,
    use,
    // Its serial number where it asks for that (A00.FR.406), else what it connects by.
    commonName: asked && names.includes(asked) ? asked : charger.ocpp_identity,
    organization: name,
    serialNumber: serialNumber(ctx),
    notBefore: new Date(now - BACKDATED_MS),
    notAfter: new Date(now + days * DAY_MS),
  });
}

/** Positive, and of 127 bits that nobody can foretell. */
function serialNumber(ctx: Context): string {
  const bytes = Buffer.from(ctx.newSecret(16), 'base64url').subarray(0, 16);
  const [first = 0, ...rest] = Buffer.concat([bytes, Buffer.alloc(16 - bytes.length)]);
  return Buffer.from([(first & 0x7f) | 0x40, ...rest]).toString('hex');
}

async function keep(ctx: Context, before: StoredCertificate, chain: string): Promise<void> {
  const x509 = new X509Certificate(chain);
  const fingerprint = x509.fingerprint256.replaceAll(':', '').toLowerCase();
  const { command, writes } = await delivery(ctx, before, chain);
  const { id, charger_id } = before;
  const pointer = keys.certificateFingerprint(ctx.tenantId, fingerprint);
  await saveCertificate(
    ctx,
    before,
    {
      status: 'pending',
      serial_number: x509.serialNumber.toLowerCase(),
      fingerprint,
      subject: x509.subject.replaceAll('\n', ', '),
      issuer: x509.issuer.replaceAll('\n', ', '),
      not_before: x509.validFromDate.toISOString(),
      not_after: x509.validToDate.toISOString(),
      chain,
      command_id: command.id,
    },
    {
      writes: [
        ...writes,
        { op: 'put', item: { ...pointer, charger_id, certificate_id: id }, when: 'absent' },
      ],
      tasks: commandTasks(ctx, command),
    },
  );
}
