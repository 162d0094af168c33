import { describe, test } from 'vitest';
import type { Actor } from '#shared/core/context.ts';
import { absent, attempt, written } from '#test/support/isolation/attempt.ts';
import { endpoints, tracesIn } from '#test/support/isolation/place.ts';
import { idAt, idFields, requestAt, withValue } from '#test/support/isolation/requests.ts';
import { theWorld } from '#test/support/isolation/world.ts';

const { ctx, home } = await theWorld();
const driver: Actor = { kind: 'driver', id: home.ids.driver, scopes: ['*'] };
const closed = [...endpoints].filter(
  ([, { scope, forDrivers }]) => scope !== 'public' && !forDrivers,
);

describe.for(closed)('%s, which is not for drivers', ([, endpoint]) => {
  test('is refused to one with every scope, and does nothing', async ({ expect }) => {
    const request = requestAt(home, endpoint);
    const { reply, changes, frames } = await attempt(ctx, driver, endpoint, request);
    expect(reply).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } });
    expect([changes, frames]).toEqual([[], []]);
    const named = Object.values(request.params ?? {}).map(String);
    expect(tracesIn(reply, home, ...named)).toEqual([]);
  });

  test('does not tell one what is there', async ({ expect }) => {
    for (const field of idFields(endpoint)) {
      const [id, nobodys] = [idAt(home, endpoint, field), absent(idAt(home, endpoint, field))];
      const ask = async (value: string) => {
        const request = withValue(requestAt(home, endpoint, field), field, value);
        return written(await attempt(ctx, driver, endpoint, request), id, nobodys);
      };
      expect(await ask(id)).toBe(await ask(nobodys));
    }
  });
});
