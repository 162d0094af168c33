import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';
import { dropConnection } from '#shared/live/connection.ts';
import { childIds } from '#shared/organizations/child-organizations.ts';

const REVOKED = 4401;

/** Closes every live socket that was opened by a credential, for its own organization or a child of it. */
export async function closeCredentialSockets(ctx: Context, credentialId: string): Promise<void> {
  for (const tenantId of [ctx.tenantId, ...(await childIds(ctx))])
    await closeWithin({ ...ctx, tenantId }, credentialId);
}

async function closeWithin(ctx: Context, credentialId: string): Promise<void> {
  const { pk } = keys.liveOfCredential(ctx.tenantId, credentialId, '-');
  // Of an app there may be many. What is closed is gone, should this end before all are.
  for (const { sk: connectionId } of await readAll(ctx, { pk })) {
    await ctx.sockets.live.close(connectionId, REVOKED, 'The credential is no longer valid.');
    await dropConnection(ctx, connectionId);
  }
}
