import type { StoredCommand } from '#shared/commands/command.ts';
import type { Context } from '#shared/core/context.ts';
import { changeDiagnostics } from '#shared/diagnostics/change-diagnostics.ts';
import { hasEnded, type StoredDiagnostics } from '#shared/diagnostics/diagnostics.ts';

/** Hears what became of the command that asked for a log. */
export async function diagnosticsFollowed(ctx: Context, command: StoredCommand): Promise<void> {
  if (!command.serves) return;
  await changeDiagnostics(ctx, command.serves.id, (before) =>
    hasEnded(before.status) ? undefined : outcomeFor(before, command),
  );
}

type Fields = Partial<Pick<StoredDiagnostics, 'status' | 'failure_reason' | 'file_name'>>;

function outcomeFor(before: StoredDiagnostics, command: StoredCommand): Fields | undefined {
  const { status, result } = command;
  const word = result?.outcome ?? status;
  // It may have arrived all the same: its reports, or its file, will tell.
  const perhaps: Fields | undefined =
    before.status === 'requested' ? { status: 'accepted' } : undefined;
  switch (status) {
    case 'accepted': {
      const file_name = before.file_name ?? fileNameOf(command);
      return perhaps || file_name !== before.file_name ? { ...perhaps, file_name } : undefined;
    }
    case 'timed_out':
      return perhaps;
    case 'canceled':
      return { status: 'canceled', failure_reason: status };
    case 'rejected':
    case 'expired':
      return { status: 'failed', failure_reason: status };
    case 'failed':
      return word === 'connection_lost' ? perhaps : { status: 'failed', failure_reason: word };
    default:
      return undefined;
  }
}

function fileNameOf({ result }: StoredCommand): string | null {
  const data = result?.data;
  const told = data && typeof data === 'object' && 'file_name' in data ? data.file_name : null;
  return typeof told === 'string' && told !== '' ? told : null;
}
