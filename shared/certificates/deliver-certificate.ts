import type { StoredCertificate } from '#shared/certificates/charger-certificate.ts';
import { saveCertificate } from '#shared/certificates/save-certificate.ts';
import { isTerminal, type StoredCommand } from '#shared/commands/command.ts';
import { commandTasks, newCommand } from '#shared/commands/queue-command.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { ConditionFailed, type Write } from '#shared/core/table.ts';

/** OCPP's own limit of a chain, and that of most chargers (MaxCertificateChainSize). */
const LONGEST_CHAIN = 10_000;
/** A charger that is away for longer asks again when it is back. */
const WAITS_S = 24 * 3600;

/** The command that brings a certificate to its charger, and the rows that queue it. */
export function delivery(
  ctx: Context,
  certificate: Pick<StoredCertificate, 'id' | 'charger_id' | 'use' | 'request_number'>,
  chain: string,
): { command: StoredCommand; writes: Write[] } {
  const { id, charger_id: chargerId, use, request_number } = certificate;
  if (chain.length > LONGEST_CHAIN) throw new Error(`The chain of ${id} is too long for OCPP`);
  return newCommand(ctx, {
    type: 'deliver_certificate',
    chargerId,
    input: { chain, use, ...(request_number === null ? {} : { request_number }) },
    serves: { kind: 'certificate', id },
    expiresInSeconds: WAITS_S,
  });
}

/**
 * The charger repeats its request: it has not got its certificate, or lost it. One on its way is waited
 * for; one whose way has ended goes out again. `rejected` where no certificate can be made of it.
 */
export async function deliverAgain(
  ctx: Context,
  before: StoredCertificate,
): Promise<'accepted' | 'rejected'> {
  const { chain, command_id, status } = before;
  if (status === 'requested') return 'accepted';
  if (chain === null || status === 'revoked' || status === 'superseded') return 'rejected';
  const command = command_id && (await findCommand(ctx, command_id));
  if (command && !isTerminal(command.status)) return 'accepted';
  const again = delivery(ctx, before, chain);
  try {
    await saveCertificate(
      ctx,
      before,
      { command_id: again.command.id, ...(status === 'failed' ? { status: 'pending' } : {}) },
      { writes: again.writes, tasks: commandTasks(ctx, again.command) },
    );
  } catch (error) {
    // Another repeat was faster.
    if (!(error instanceof ConditionFailed)) throw error;
  }
  return 'accepted';
}
