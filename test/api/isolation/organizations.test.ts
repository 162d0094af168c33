import { describe, test } from 'vitest';
import type { Endpoint } from '#shared/http/endpoint.ts';
import type { Call } from '#test/support/call.ts';
import {
  type Attempt,
  absent,
  attempt,
  everything,
  listIn,
  written,
} from '#test/support/isolation/attempt.ts';
import { chosen, isWord, placeOf, takesAny } from '#test/support/isolation/exceptions.ts';
import { kindOf } from '#test/support/isolation/kinds.ts';
import { endpoints, tracesIn } from '#test/support/isolation/place.ts';
import type { Field } from '#test/support/isolation/positions.ts';
import { idAt, idFields, requestAt, whole, withValue } from '#test/support/isolation/requests.ts';
import { theWorld } from '#test/support/isolation/world.ts';

const { ctx, home, abroad } = await theWorld();
const ask = (endpoint: Endpoint, request: Call) => attempt(ctx, everything, endpoint, request);
/** What a client sends that has read the object before. */
const READ = { 'if-match': '"1"', 'if-none-match': '"1"' };

/** Both ways in which a client may ask. */
const waysOf = (request: Call): Call[] => [request, { ...request, headers: READ }];

/** The field alone, and beside what is the caller's own where it takes a list. */
function valuesOf(endpoint: Endpoint, field: Field, id: string): string[][] {
  const isList = field.isList || (field.where === 'query' && field.name === 'ids');
  return isList ? [[id], [idAt(home, endpoint, field), id]] : [[id]];
}

/** Rows of the other organization, whoever says they are. */
const rowsAbroad = ({ changes }: Attempt) => changes.filter(({ key }) => /\bfar\b/.test(key.pk));

describe.for([...endpoints])('%s', ([id, endpoint]) => {
  const fields = () => idFields(endpoint);

  test('answers about what is there', async ({ expect }) => {
    const { reply } = await ask(endpoint, requestAt(home, endpoint));
    expect(reply.status, `${reply.text}: test/support/isolation/usual.ts`).toBeLessThan(300);
    for (const field of fields().filter((one) => !chosen.has(placeOf(id, one)))) {
      const request = requestAt(home, endpoint, field);
      const value = idAt(home, endpoint, field);
      const { reply: own } = await ask(endpoint, whole(withValue(request, field, value)));
      const why = `${placeOf(id, field)}: ${own.text}: test/support/isolation/usual.ts`;
      expect(own.status, why).toBeLessThan(300);
      if (endpoint.route.startsWith('GET') && field.where === 'query')
        expect(listIn(own), why).not.toEqual([]);
    }
  });

  test('knows an id of another organization no more than one that nobody has', async ({
    expect,
  }) => {
    for (const field of fields()) {
      const request = requestAt(home, endpoint, field);
      const theirs = idAt(abroad, endpoint, field);
      const nobodys = absent(theirs);
      for (const values of valuesOf(endpoint, field, theirs))
        for (const way of waysOf(withValue(request, field, ...values))) {
          const [one, other] = [way, JSON.parse(swapped(way, theirs, nobodys))];
          const stranger = await ask(endpoint, one);
          const unknown = await ask(endpoint, other);
          expect(rowsAbroad(stranger)).toEqual([]);
          if (chosen.has(placeOf(id, field)))
            expect(stranger.reply.status).toBe(unknown.reply.status);
          else
            expect(written(stranger, theirs, nobodys), placeOf(id, field)).toBe(
              written(unknown, theirs, nobodys),
            );
        }
    }
  });

  test('refuses it, or finds nothing', async ({ expect }) => {
    for (const field of fields().filter((one) => !chosen.has(placeOf(id, one)))) {
      const request = requestAt(home, endpoint, field);
      const theirs = idAt(abroad, endpoint, field);
      const { reply, changes, frames } = await ask(endpoint, withValue(request, field, theirs));
      const why = `${placeOf(id, field)}: ${reply.text}: test/support/isolation/exceptions.ts`;
      if (isWord(field, kindOf(id, field)) && reply.status < 300) continue;
      if (takesAny(id, field)) {
        expect(reply.status, why).toBeLessThan(300);
      } else if (field.where === 'query' && reply.status === 200) {
        expect(listIn(reply), why).toEqual([]);
        expect([0, null], why).toContain(reply.body['total']);
      } else {
        expect([404, 403, 422], why).toContain(reply.status);
        if (field.where === 'path') expect(reply.status, why).toBe(404);
        expect([changes, frames], why).toEqual([[], []]);
      }
    }
  });

  test('tells of nothing of theirs, whatever it names', async ({ expect }) => {
    for (const field of [undefined, ...fields()]) {
      const request = requestAt(home, endpoint, field);
      const theirs = field && idAt(abroad, endpoint, field);
      const asked = field && theirs ? withValue(request, field, theirs) : request;
      const { reply } = await ask(endpoint, asked);
      expect(tracesIn(reply, abroad, ...(theirs ? [theirs] : []))).toEqual([]);
    }
  });
});

const swapped = (request: Call, id: string, instead: string) =>
  JSON.stringify(request).replaceAll(id, instead);
