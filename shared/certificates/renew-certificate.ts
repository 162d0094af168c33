import {
  findActiveCertificate,
  findIssuedCertificate,
  type StoredCertificate,
} from '#shared/certificates/charger-certificate.ts';
import { CertificateRenewalFailed } from '#shared/certificates/events.ts';
import { saveCertificate } from '#shared/certificates/save-certificate.ts';
import { isTerminal, type StoredCommand } from '#shared/commands/command.ts';
import { type Next, newPlan, type Script } from '#shared/commands/plan.ts';
import { settleCommand } from '#shared/commands/settle-command.ts';
import type { CertificateUse } from '#shared/core/certificate-authority.ts';
import type { Context } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';

export interface Renewal {
  readonly chargerId: string;
  readonly use: CertificateUse;
  readonly expiresInSeconds?: number | undefined;
}

/** The plan's first and only call: what is to be said to the charger. */
export const renewalStep = (use: CertificateUse) => ({
  type: 'trigger_message',
  input: { message: use === 'v2g' ? 'v2g_certificate_signing' : 'certificate_signing' },
});

/** A charger makes a key, asks, is signed for and installs: seconds mostly, a reboot at worst. */
const COMES_WITHIN_S = 3600;

/** Queues the call that makes a charger ask for a new certificate; it is done when that is in use. */
export async function askForRenewal(
  ctx: Context,
  { chargerId, use, expiresInSeconds }: Renewal,
): Promise<StoredCommand> {
  const { command, writes, tasks } = await newPlan(
    ctx,
    { type: 'renew_certificate', input: { use }, first: renewalStep(use), notes: {} },
    {
      chargerId,
      serves: { kind: 'certificate_renewal', id: use },
      ...(expiresInSeconds === undefined ? {} : { expiresInSeconds }),
    },
  );
  const open = { ...keys.renewal(ctx.tenantId, chargerId, use), command_id: command.id };
  await commit(ctx, {
    aggregate: { kind: 'command', id: command.id, version: command.resource_version },
    writes: [...writes, { op: 'put', item: open }],
    tasks,
  });
  return command;
}

/** The charger was asked for a request: it agreed, and the certificate is to come, or it did not. */
export const renewalScript: Script = async (_ctx, _command, step): Promise<Next> => {
  const { outcome = step.status, reason = null } = step.result ?? {};
  if (step.status === 'completed')
    return { outcome: { status: 'accepted', outcome, followUpSeconds: COMES_WITHIN_S } };
  return { outcome: { status: endOf(step), outcome, reason } };
};

const endOf = ({ status }: StoredCommand) =>
  status === 'queued' || status === 'sent' ? 'failed' : status;

/** Hears how a renewal went. One that came to nothing is told of the certificate that stays in use. */
export async function followRenewal(ctx: Context, command: StoredCommand): Promise<void> {
  if (!isTerminal(command.status) || command.status === 'completed') return;
  const use = command.input['use'] === 'v2g' ? 'v2g' : 'charger';
  await retrying(async () => {
    const active = await findActiveCertificate(ctx, command.charger_id, use);
    if (!active || active.failed_renewal === command.id) return;
    await saveCertificate(
      ctx,
      active,
      { failed_renewal: command.id },
      { event: CertificateRenewalFailed },
    );
  });
}

/** What was asked for has come, or will not: the command that asked for it ends. */
export async function finishRenewal(
  ctx: Context,
  chargerId: string,
  certificateId: string,
): Promise<void> {
  const certificate = await findIssuedCertificate(ctx, chargerId, certificateId);
  if (!certificate) return;
  const open = await ctx.table.get(keys.renewal(ctx.tenantId, chargerId, certificate.use));
  const commandId = open?.['command_id'];
  if (typeof commandId === 'string') await settleCommand(ctx, commandId, outcomeOf(certificate));
}

function outcomeOf(certificate: StoredCertificate) {
  const { id, status, not_after, failure_reason: reason } = certificate;
  const data = { certificate_id: id, not_after };
  return status === 'failed'
    ? ({ status: 'failed', outcome: 'certificate_failed', reason, data } as const)
    : ({ status: 'completed', outcome: 'renewed', data } as const);
}
