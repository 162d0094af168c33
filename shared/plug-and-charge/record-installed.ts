import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { type Commit, commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { type Certificate, readChain } from '#shared/plug-and-charge/certificate.ts';
import type { DeleteInput, InstallInput } from '#shared/plug-and-charge/certificate-commands.ts';
import {
  chargerCertificateView,
  findInstalledCertificate,
  InstalledCertificate,
  installedItem,
} from '#shared/plug-and-charge/charger-certificate.ts';
import { detailsOf, isSelfSigned, stamped } from '#shared/plug-and-charge/describe-certificate.ts';
import { CertificateDeleted, CertificateInstalled } from '#shared/plug-and-charge/events.ts';
import { certificateIdOf, type HashData, hashDataOf } from '#shared/plug-and-charge/hash-data.ts';

interface Installed extends InstallInput {
  readonly chargerId: string;
  /** The command that asked for it: told twice, it installs once. */
  readonly commandId: string;
}

/** The charger has installed a root. */
export async function recordInstalled(ctx: Context, installed: Installed): Promise<void> {
  const { chargerId, commandId, pem } = installed;
  const [root] = readChain(pem);
  if (!root) return;
  const hash = isSelfSigned(root) ? hashDataOf(root, root) : null;
  const id = hash ? certificateIdOf(hash) : `crt_${root.fingerprint.slice(0, 32)}`;
  await retrying(async () => {
    const before = await findInstalledCertificate(ctx, chargerId, id);
    if (before?.command_id !== commandId)
      await putInstalled(ctx, installed, { root, id, hash, before });
  });
}

interface Found {
  readonly root: Certificate;
  readonly id: string;
  readonly hash: HashData | null;
  readonly before: InstalledCertificate | undefined;
}

async function putInstalled(
  ctx: Context,
  { chargerId, commandId, kind, root_certificate_id }: Installed,
  { root, id, hash, before }: Found,
): Promise<void> {
  const at = isoNow(ctx);
  const next = InstalledCertificate.parse({
    ...stamped(ctx, before),
    ...detailsOf(root),
    id,
    charger_id: chargerId,
    kind,
    hash: before?.hash ?? hash,
    root_certificate_id,
    installed_at: at,
    command_id: commandId,
  });
  const object = chargerCertificateView(ctx, next);
  const about = { id, version: next.version, scope: { charger_id: chargerId }, object };
  await commitOnce(ctx, {
    aggregate: { kind: 'certificate_installed', id: commandId, version: 1 },
    writes: [
      {
        op: 'put',
        item: installedItem(ctx, next),
        when: before ? { version: before.version } : 'absent',
      },
    ],
    events: [eventOf(ctx, CertificateInstalled, about)],
  });
}

interface Deleted extends Pick<DeleteInput, 'certificate_id'> {
  readonly chargerId: string;
  readonly commandId: string;
  /** When the charger said so: what has become of it since is not touched. */
  readonly at: string;
  /** False where the charger says it does not have it: then nothing happened that could be told. */
  readonly wasThere: boolean;
}

/** The charger no longer has it. */
export async function recordDeleted(ctx: Context, deleted: Deleted): Promise<void> {
  const { chargerId, commandId, certificate_id: id, at, wasThere } = deleted;
  await retrying(async () => {
    const before = await findInstalledCertificate(ctx, chargerId, id);
    if (!before || before.updated_at > at) return;
    const version = before.version + 1;
    const object = { ...chargerCertificateView(ctx, before), resource_version: version };
    const about = { id, version, scope: { charger_id: chargerId }, object };
    const key = keys.installedCertificate(ctx.tenantId, chargerId, id);
    await commitOnce(ctx, {
      aggregate: { kind: 'certificate_deleted', id: commandId, version: 1 },
      writes: [{ op: 'delete', key, when: { version: before.version } }],
      events: wasThere ? [eventOf(ctx, CertificateDeleted, about)] : [],
    });
  });
}

/**
 * What a command has done is recorded once: told again after the certificate has gone, or come back, it
 * must not come back, or go. The outbox row, which comes next after the change's own, is the
 * command's.
 */
async function commitOnce(ctx: Context, change: Commit): Promise<void> {
  try {
    await commit(ctx, change);
  } catch (error) {
    const isRepeat =
      error instanceof ConditionFailed && error.failed.includes(change.writes.length);
    if (!isRepeat) throw error;
  }
}
