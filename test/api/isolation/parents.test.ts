import { describe, test } from 'vitest';
import type { Actor } from '#shared/core/context.ts';
import { attempt, everything, within, written } from '#test/support/isolation/attempt.ts';
import { endpoints, tracesIn } from '#test/support/isolation/place.ts';
import { requestAt } from '#test/support/isolation/requests.ts';
import { theWorld } from '#test/support/isolation/world.ts';

const { ctx, home, annex, abroad } = await theWorld();
const guarded = [...endpoints].filter(([, { scope }]) => scope !== 'public');
const named = (id: string) => ({ headers: { 'magma-organization': id } });
const aDriver: Actor = { kind: 'driver', id: 'drv_one', scopes: ['*'], clientId: 'cli_app' };

describe.for(guarded)('%s, for another organization', ([, endpoint]) => {
  test('is not found for one that is no child, and told from nobody by nothing', async ({
    expect,
  }) => {
    // A stranger, the child of a stranger, the parent as seen by nobody's child.
    for (const theirs of ['far', abroad.ids.organization]) {
      const nobodys = theirs.replace(/.$/, '0');
      const ask = (id: string) =>
        attempt(ctx, everything, endpoint, { ...requestAt(home, endpoint), ...named(id) });
      const [stranger, unknown] = [await ask(theirs), await ask(nobodys)];
      expect(stranger.reply).toMatchObject({ status: 404, body: { code: 'not_found' } });
      expect([stranger.changes, stranger.frames]).toEqual([[], []]);
      expect(written(stranger, theirs, nobodys)).toBe(written(unknown, theirs, nobodys));
      expect(tracesIn(stranger.reply, abroad, theirs)).toEqual([]);
    }
  });

  test('finds nothing of the parent, nor changes it, in the name of a child', async ({
    expect,
  }) => {
    const child = home.ids.organization;
    const request = { ...requestAt(home, endpoint), ...named(child) };
    const { reply, changes, frames } = await attempt(ctx, everything, endpoint, request);
    const sent = JSON.stringify([request.params, request.query, request.body]);
    const known = home.traces.filter((trace) => sent.includes(trace) || child.includes(trace));
    const about = [...known, 'HOME child', 'HOME-NEW', 'HOME-new'];
    expect(tracesIn(reply, home, ...about).filter((trace) => trace !== 'HOME')).toEqual([]);
    expect(frames).toEqual([]);
    expect(changes.filter(({ key }) => /^near#(?!CHILDREN)/.test(key.pk))).toEqual([]);
  });

  test('is refused to a credential of one site, and to a driver', async ({ expect }) => {
    const request = { ...requestAt(annex, endpoint), ...named(home.ids.organization) };
    for (const actor of [within(annex.ids.site), aDriver]) {
      const { reply, changes, frames } = await attempt(ctx, actor, endpoint, request);
      expect([403, 404]).toContain(reply.status);
      expect(reply.status === 403 ? reply.body['code'] : 'not_found').toMatch(
        actor === aDriver ? /insufficient_scope|not_found/ : /site_restricted/,
      );
      expect([changes, frames]).toEqual([[], []]);
    }
  });
});
