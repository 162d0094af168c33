import { isTerminal, type StoredCommand } from '#shared/commands/command.ts';
import type { Context } from '#shared/core/context.ts';
import { DeleteInput, InstallInput } from '#shared/plug-and-charge/certificate-commands.ts';
import { recordDeleted, recordInstalled } from '#shared/plug-and-charge/record-installed.ts';

/** Hears how the installation or deletion of a certificate went. */
export async function followCertificateCommand(
  ctx: Context,
  command: StoredCommand,
): Promise<void> {
  const { id: commandId, charger_id: chargerId, type, status, result, input } = command;
  if (!isTerminal(status)) return;
  if (type === 'install_certificate' && status === 'completed')
    await recordInstalled(ctx, { ...InstallInput.parse(input), chargerId, commandId });
  // A charger that does not have it need not be asked again.
  const isGone = status === 'completed' || result?.outcome === 'not_found';
  if (type === 'delete_certificate' && isGone)
    await recordDeleted(ctx, {
      ...DeleteInput.parse(input),
      chargerId,
      commandId,
      at: command.updated_at,
      wasThere: status === 'completed',
    });
}
