import type { StoredCertificate } from '#shared/certificates/charger-certificate.ts';
import { splitChain } from '#shared/certificates/pem.ts';
import { saveCertificate } from '#shared/certificates/save-certificate.ts';
import { isTerminal, type StoredCommand } from '#shared/commands/command.ts';
import { commandTasks, newCommand } from '#shared/commands/queue-command.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import { configuredNumber } from '#shared/configuration/configured-value.ts';
import type { Context } from '#shared/core/context.ts';
import { ConditionFailed, type Write } from '#shared/core/table.ts';

/** OCPP's own limit of a chain. */
const LONGEST_CHAIN = 10_000;
/** Chargers that can take less say so, in 1.6 and 2.0.1. */
const LIMITS = [
  'CertificateSignedMaxChainSize',
  { component: 'SecurityCtrlr', variable: 'MaxCertificateChainSize' },
] as const;
/** A charger that is away for longer asks again when it is back. */
const WAITS_S = 24 * 3600;

/** The command that brings a certificate to its charger, and the rows that queue it. */
export async function delivery(
  ctx: Context,
  certificate: Pick<StoredCertificate, 'id' | 'charger_id' | 'use' | 'request_number'>,
  chain: string,
): Promise<{ command: StoredCommand; writes: Write[] }> {
  const { id, charger_id: chargerId, use, request_number } = certificate;
  return newCommand(ctx, {
    type: 'deliver_certificate',
    chargerId,
    input: {
      chain: await fitting(ctx, chargerId, chain),
      use,
      ...(request_number === null ? {} : { request_number }),
    },
    serves: { kind: 'certificate', id },
    expiresInSeconds: WAITS_S,
  });
}

/** The chain, or the certificate alone where the charger can take no more. */
async function fitting(ctx: Context, chargerId: string, chain: string): Promise<string> {
  const told = await Promise.all(LIMITS.map((name) => configuredNumber(ctx, chargerId, name)));
  const longest = Math.min(LONGEST_CHAIN, ...told.filter((limit) => limit !== undefined));
  const [own = chain] = splitChain(chain);
  return chain.length > longest ? own : chain;
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
  const again = await delivery(ctx, before, chain);
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
