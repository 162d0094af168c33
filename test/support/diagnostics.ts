import { listDiagnostics } from '#shared/diagnostics/list-diagnostics.ts';
import { NewDiagnostics } from '#shared/diagnostics/plan-diagnostics.ts';
import { requestDiagnostics } from '#shared/ocpp/requests/request-diagnostics.ts';
import type { TestContext } from '#test/support/context.ts';
import type { PeerOptions } from '#test/support/ocpp-peer.ts';
import { aPricedPeer } from '#test/support/ocpp-site.ts';

export async function theLog(ctx: TestContext) {
  const { items } = await listDiagnostics(ctx, { charger_id: 'CP-1' }, { limit: 10 });
  const [newest] = items;
  if (!newest) throw new Error('No log was asked for.');
  return newest;
}

/** CP-1 has been asked for a log. */
export async function aLogRequest(options: PeerOptions = {}, asked: Partial<NewDiagnostics> = {}) {
  const { ctx, charger } = await aPricedPeer(options);
  const command = await requestDiagnostics(ctx, 'CP-1', NewDiagnostics.parse(asked));
  const path = `diagnostics/demo/${command.diagnostics_id}`;
  const arrives = (size = 482_113) => ctx.files.store(path, { size, sha256: null });
  return { ctx, charger, command, arrives };
}
