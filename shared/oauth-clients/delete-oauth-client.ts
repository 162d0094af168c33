import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { dueTask } from '#shared/events/task.ts';
import { OauthClientDeleted } from '#shared/oauth-clients/events.ts';
import { checkVersion, getOauthClient } from '#shared/oauth-clients/oauth-client.ts';
import { oauthClientView } from '#shared/oauth-clients/oauth-client-view.ts';
import { originWrites } from '#shared/oauth-clients/origins.ts';
import { CloseCredentialSockets } from '#shared/organizations/tasks.ts';

/** The gateway may know a token for a minute more, and what was opened by then can be opened again for ten. */
const CLOSED_AGAIN_S = 900;

/**
 * Deletes a client. Its tokens, and those of people who let it in, are none from then on: each is held
 * against the client's row. Throws not_found, etag_mismatch.
 */
export async function deleteOauthClient(ctx: Context, id: string, ifMatch?: number): Promise<void> {
  return retrying(async () => {
    const client = await getOauthClient(ctx, id);
    checkVersion(client, ifMatch);
    const version = client.version + 1;
    const close = (at: string) => dueTask(ctx, CloseCredentialSockets, { credential_id: id }, at);
    const now = isoNow(ctx);
    await commit(ctx, {
      aggregate: { kind: 'oauth_client', id, version },
      writes: [
        { op: 'delete', key: keys.oauthClient(id), when: { version: client.version } },
        { op: 'delete', key: keys.oauthClientOf(ctx.tenantId, id) },
        ...originWrites(client, undefined),
      ],
      events: [eventOf(ctx, OauthClientDeleted, { id, version, object: oauthClientView(client) })],
      tasks: [close(now), close(plusSeconds(now, CLOSED_AGAIN_S))],
    });
  });
}
