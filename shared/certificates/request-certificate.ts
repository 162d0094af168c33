import {
  findIssuedCertificate,
  issuedItem,
  StoredCertificate,
} from '#shared/certificates/charger-certificate.ts';
import { deliverAgain } from '#shared/certificates/deliver-certificate.ts';
import { signingRequestBytes } from '#shared/certificates/pem.ts';
import { IssueCertificate } from '#shared/certificates/tasks.ts';
import { findCharger } from '#shared/chargers/charger-view.ts';
import type { CertificateUse } from '#shared/core/certificate-authority.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { secondsBetween } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { dueTask } from '#shared/events/task.ts';

export interface AskedCertificate {
  readonly chargerId: string;
  /** As the charger wrote it. */
  readonly csr: string;
  readonly use: CertificateUse;
  readonly requestNumber?: number | undefined;
}

const HOUR_S = 3600;
/** A charger that makes a new key for every try is stopped here; each new request costs a signature. */
const NEW_PER_HOUR = 10;
/** A request that comes again within this time is a repeat (CertSigningWaitMinimum doubles from minutes). */
const REPEATED_WITHIN_S = 24 * HOUR_S;

/**
 * A charger asks for a certificate of a key it made. Its request is remembered and signed by a task; the
 * certificate follows by a command. The same request again gets the same certificate. `rejected`: what
 * was sent is no request, or there were too many.
 */
export async function requestCertificate(
  ctx: Context,
  asked: AskedCertificate,
): Promise<'accepted' | 'rejected'> {
  const bytes = signingRequestBytes(asked.csr);
  if (!bytes || !(await findCharger(ctx, asked.chargerId))) return 'rejected';
  const hash = sha256(bytes);
  const key = keys.signingRequest(ctx.tenantId, asked.chargerId, asked.use, hash);
  const pointer = await ctx.table.get(key);
  const known = pointer && String(pointer['certificate_id']);
  const before = known && (await findIssuedCertificate(ctx, asked.chargerId, known));
  if (before && secondsBetween(before.created_at, isoNow(ctx)) < REPEATED_WITHIN_S)
    return deliverAgain(ctx, before);
  if (!(await isWithinRate(ctx, asked.chargerId))) {
    ctx.log.warn('Too many signing requests', { charger: asked.chargerId });
    return 'rejected';
  }
  const certificate = requested(ctx, asked, { csr: bytes.toString('base64'), csr_hash: hash });
  try {
    await store(ctx, certificate, known);
  } catch (error) {
    // The same request, at the same time: it is being seen to.
    if (!(error instanceof ConditionFailed)) throw error;
  }
  return 'accepted';
}

async function isWithinRate(ctx: Context, chargerId: string): Promise<boolean> {
  const seconds = Math.floor(ctx.now().getTime() / 1000);
  const hour = keys.signingRequestsOfHour(ctx.tenantId, chargerId, Math.floor(seconds / HOUR_S));
  const limit = { max: NEW_PER_HOUR, ttl: seconds + 2 * HOUR_S };
  return (await ctx.table.increment(hour, 'n', limit)) !== undefined;
}

function requested(
  ctx: Context,
  { chargerId, use, requestNumber }: AskedCertificate,
  request: Pick<StoredCertificate, 'csr' | 'csr_hash'>,
): StoredCertificate {
  const at = isoNow(ctx);
  return StoredCertificate.parse({
    ...request,
    id: ctx.newId('crt'),
    charger_id: chargerId,
    use,
    status: 'requested',
    serial_number: null,
    fingerprint: null,
    subject: null,
    issuer: null,
    not_before: null,
    not_after: null,
    failure_reason: null,
    request_number: requestNumber ?? null,
    livemode: ctx.livemode,
    created_at: at,
    updated_at: at,
    resource_version: 1,
  } satisfies Partial<StoredCertificate>);
}

/** `instead`: the certificate that an earlier use of the same request led to. */
async function store(
  ctx: Context,
  certificate: StoredCertificate,
  instead: string | undefined,
): Promise<void> {
  const { id, charger_id, use, csr_hash } = certificate;
  const pointer = keys.signingRequest(ctx.tenantId, charger_id, use, csr_hash);
  await commit(ctx, {
    aggregate: { kind: 'certificate', id, version: 1 },
    writes: [
      {
        op: 'put',
        item: { ...pointer, certificate_id: id },
        when: instead ? { certificate_id: instead } : 'absent',
      },
      { op: 'put', item: issuedItem(ctx, certificate), when: 'absent' },
    ],
    tasks: [dueTask(ctx, IssueCertificate, { charger_id, certificate_id: id })],
  });
}
