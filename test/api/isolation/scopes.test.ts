import { describe, test } from 'vitest';
import type { Actor } from '#shared/core/context.ts';
import { scopes } from '#shared/core/scopes.ts';
import { absent, attempt, written } from '#test/support/isolation/attempt.ts';
import { endpoints, tracesIn } from '#test/support/isolation/place.ts';
import { idAt, idFields, requestAt, withValue } from '#test/support/isolation/requests.ts';
import { theWorld } from '#test/support/isolation/world.ts';

const { ctx, home } = await theWorld();
const keyWith = (granted: readonly string[]): Actor => ({
  kind: 'api_key',
  id: 'key_test',
  scopes: granted,
});
const scoped = [...endpoints].filter(([, { scope }]) => scope !== 'public' && scope !== 'any');

describe.for(scoped)('%s', ([, endpoint]) => {
  const others = Object.keys(scopes).filter((scope) => scope !== endpoint.scope);

  test('is refused to a key with every scope but its own, and does nothing', async ({ expect }) => {
    const request = requestAt(home, endpoint);
    const { reply, changes, frames } = await attempt(ctx, keyWith(others), endpoint, request);
    expect(reply).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } });
    expect([changes, frames]).toEqual([[], []]);
    const named = Object.values(request.params ?? {}).map(String);
    expect(tracesIn(reply, home, ...named)).toEqual([]);
  });

  test('does not tell it what is there', async ({ expect }) => {
    for (const field of idFields(endpoint)) {
      const [id, nobodys] = [idAt(home, endpoint, field), absent(idAt(home, endpoint, field))];
      const ask = async (value: string) => {
        const request = withValue(requestAt(home, endpoint, field), field, value);
        return written(await attempt(ctx, keyWith(others), endpoint, request), id, nobodys);
      };
      expect(await ask(id)).toBe(await ask(nobodys));
    }
  });

  test('is let to a key with its scope alone', async ({ expect }) => {
    const request = requestAt(home, endpoint);
    const { reply } = await attempt(ctx, keyWith([endpoint.scope]), endpoint, request);
    expect(reply.status, reply.text).not.toBe(401);
    expect(reply.status >= 400 && !needMore.has(endpoint.id), reply.text).toBe(false);
  });
});

/** What asks for more, by what the request wants. */
const needMore: ReadonlySet<string> = new Set([
  'createApiKey',
  'createLiveTicket',
  'getEvent',
  'createOauthClient',
  'createWebhookEndpoint',
  'deleteWebhookEndpoint',
  'replayWebhookDeliveries',
  'rotateWebhookSecret',
  'testWebhookEndpoint',
  'updateWebhookEndpoint',
  'rotateOauthClientSecret',
  'updateOauthClient',
  'inviteMember',
  'removeMember',
  'updateMember',
]);
