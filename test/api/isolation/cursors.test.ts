import { describe, test } from 'vitest';
import type { Endpoint } from '#shared/http/endpoint.ts';
import type { Call } from '#test/support/call.ts';
import { attempt, everything, listIn, within } from '#test/support/isolation/attempt.ts';
import { placeOf, sharedLists } from '#test/support/isolation/exceptions.ts';
import { endpoints, type Place, tracesIn } from '#test/support/isolation/place.ts';
import { idAt, idFields, requestAt, withValue } from '#test/support/isolation/requests.ts';
import { theWorld } from '#test/support/isolation/world.ts';

const { home, annex, abroad } = await theWorld();
const paged = [...endpoints].filter(([, { query }]) => 'cursor' in (query?.shape ?? {}));
const invalid = { status: 400, body: { code: 'invalid_request', errors: [{ field: 'cursor' }] } };

const ask = async (at: Place, endpoint: Endpoint, request: Call, actor = everything) =>
  (await attempt(at.ctx, actor, endpoint, request)).reply;
const withCursor = (request: Call, cursor: string): Call => ({
  ...request,
  query: { ...request.query, cursor },
});

/** Where the second page of a list begins, which has one object on each. */
async function cursorOf(endpoint: Endpoint): Promise<string> {
  const reply = await ask(home, endpoint, requestAt(home, endpoint));
  const { next_cursor: cursor } = reply.body;
  if (typeof cursor === 'string') return cursor;
  throw new Error(`${endpoint.id} has one object alone: make another in populate.ts`);
}

describe.for(paged)('a cursor of %s', ([id, endpoint]) => {
  test('goes on where it was given', async ({ expect }) => {
    const request = withCursor(requestAt(home, endpoint), await cursorOf(endpoint));
    const reply = await ask(home, endpoint, request);
    expect(reply.status, reply.text).toBe(200);
  });

  test('is none in another organization', async ({ expect }) => {
    const request = withCursor(requestAt(abroad, endpoint), await cursorOf(endpoint));
    expect(await ask(abroad, endpoint, request)).toMatchObject(invalid);
    const same = withCursor(requestAt(home, endpoint), await cursorOf(endpoint));
    const reply = await ask(abroad, endpoint, same);
    expect([400, 404]).toContain(reply.status);
  });

  test('is none of any other list', async ({ expect }) => {
    for (const [name, other] of paged.filter(([one]) => one !== id)) {
      const request = withCursor(requestAt(home, endpoint), await cursorOf(other));
      expect(await ask(home, endpoint, request), name).toMatchObject(invalid);
    }
  });

  test('is none of the same list with another filter, or of another object', async ({ expect }) => {
    for (const field of idFields(endpoint)) {
      const at = field.where === 'path' ? annex : home;
      const asked = withValue(requestAt(home, endpoint), field, idAt(at, endpoint, field));
      const usual = requestAt(home, endpoint);
      if (JSON.stringify(asked) === JSON.stringify(usual)) continue;
      const reply = await ask(home, endpoint, withCursor(asked, await cursorOf(endpoint)));
      expect(reply, placeOf(id, field)).toMatchObject(invalid);
    }
  });

  test('opens nothing beyond the sites of who uses it', async ({ expect }) => {
    if (sharedLists.has(id)) return;
    const request = withCursor(requestAt(home, endpoint), await cursorOf(endpoint));
    const reply = await ask(home, endpoint, request, within(annex.ids.site));
    const named = [...Object.values(request.params ?? {}), ...Object.values(request.query ?? {})];
    expect(tracesIn(reply, home, ...named.map(String))).toEqual([]);
    if (reply.status === 200) expect(JSON.stringify(listIn(reply))).not.toContain(home.mark);
  });
});

test('all lists are here', ({ expect }) => {
  expect(paged.length).toBeGreaterThan(25);
});
