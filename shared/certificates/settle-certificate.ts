import {
  findIssuedCertificate,
  issuedItem,
  listIssuedCertificates,
  type StoredCertificate,
} from '#shared/certificates/charger-certificate.ts';
import { CertificateRenewalFailed, CertificateRenewed } from '#shared/certificates/events.ts';
import { changedCertificate, saveCertificate } from '#shared/certificates/save-certificate.ts';
import { FinishRenewal } from '#shared/certificates/tasks.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { dueTask } from '#shared/events/task.ts';

/** The certificate before may be shown this long: a charger may fall back on it, or be slow to change. */
const GRACE_S = 7 * 86_400;

/**
 * Hears how the delivery of a certificate went. Said yes: it is the charger's. Said no: the one before
 * stays. Not answered: it may lie in the charger, so it stays good, and a repeated request gets it again.
 */
export async function followDelivery(ctx: Context, command: StoredCommand): Promise<void> {
  const id = command.serves?.id ?? '';
  const certificate = await findIssuedCertificate(ctx, command.charger_id, id);
  if (!certificate || certificate.command_id !== command.id) return;
  if (command.status === 'completed') await activateCertificate(ctx, certificate);
  else if (command.status === 'rejected')
    await failCertificate(ctx, certificate, 'The charger refused it.');
  else await tellUndelivered(ctx, certificate, command);
}

/** The charger has installed it, or shown it: from now on it is the one in use. */
export async function activateCertificate(
  ctx: Context,
  { charger_id, id }: Pick<StoredCertificate, 'charger_id' | 'id'>,
): Promise<void> {
  await retrying(async () => {
    const all = await listIssuedCertificates(ctx, charger_id);
    const before = all.find((each) => each.id === id);
    if (before?.status !== 'pending') return;
    const old = all.filter((each) => each.use === before.use && each.status === 'active');
    await saveCertificate(
      ctx,
      before,
      { status: 'active', failure_reason: null },
      {
        event: CertificateRenewed,
        writes: old.map((each) => superseded(ctx, each)),
        tasks: [dueTask(ctx, FinishRenewal, { charger_id, certificate_id: id })],
      },
    );
  });
}

function superseded(ctx: Context, before: StoredCertificate): Write {
  const next = changedCertificate(ctx, before, {
    status: 'superseded',
    good_until: plusSeconds(isoNow(ctx), GRACE_S),
  });
  const when = { resource_version: before.resource_version };
  return { op: 'put', item: issuedItem(ctx, next), when };
}

/** No certificate comes of this request. */
export async function failCertificate(
  ctx: Context,
  { charger_id, id }: Pick<StoredCertificate, 'charger_id' | 'id'>,
  reason: string,
): Promise<void> {
  await retrying(async () => {
    const before = await findIssuedCertificate(ctx, charger_id, id);
    if (before?.status !== 'requested' && before?.status !== 'pending') return;
    await saveCertificate(
      ctx,
      before,
      { status: 'failed', failure_reason: reason },
      {
        event: CertificateRenewalFailed,
        tasks: [dueTask(ctx, FinishRenewal, { charger_id, certificate_id: id })],
      },
    );
  });
}

async function tellUndelivered(
  ctx: Context,
  certificate: StoredCertificate,
  { id, status }: StoredCommand,
): Promise<void> {
  await retrying(async () => {
    const before = await findIssuedCertificate(ctx, certificate.charger_id, certificate.id);
    if (before?.status !== 'pending' || before.failed_renewal === id) return;
    if (
      status !== 'failed' &&
      status !== 'timed_out' &&
      status !== 'expired' &&
      status !== 'canceled'
    )
      return;
    await saveCertificate(
      ctx,
      before,
      { failed_renewal: id, failure_reason: `Its delivery ended ${status}.` },
      { event: CertificateRenewalFailed },
    );
  });
}
