import { describe, test } from 'vitest';
import type { Endpoint } from '#shared/http/endpoint.ts';
import type { Call } from '#test/support/call.ts';
import { absent, attempt, listIn, within, written } from '#test/support/isolation/attempt.ts';
import {
  beyondSite,
  chosen,
  emptyWithinSites,
  isWord,
  notWithinSites,
  placeOf,
  shared,
  sharedLists,
  takesAny,
} from '#test/support/isolation/exceptions.ts';
import { kindOf } from '#test/support/isolation/kinds.ts';
import { endpoints, tracesIn } from '#test/support/isolation/place.ts';
import { idAt, idFields, requestAt, whole, withValue } from '#test/support/isolation/requests.ts';
import { theWorld } from '#test/support/isolation/world.ts';

const { ctx, home, annex } = await theWorld();
/** With a credential that reaches the annex alone. */
const ask = (endpoint: Endpoint, request: Call) =>
  attempt(ctx, within(annex.ids.site), endpoint, request);

describe.for([...endpoints])('%s, within a site', ([id, endpoint]) => {
  const fields = () =>
    idFields(endpoint).filter((field) => {
      const kind = kindOf(id, field);
      const place = placeOf(id, field);
      return kind && !shared.has(kind) && !chosen.has(place) && !(place in beyondSite);
    });

  test('answers about what is there', async ({ expect }) => {
    const { reply } = await ask(endpoint, whole(requestAt(annex, endpoint)));
    const why = `${reply.text}: test/support/isolation/exceptions.ts`;
    if (id in notWithinSites) expect(reply.status, why).toBe(notWithinSites[id]);
    else expect(reply.status, why).toBeLessThan(300);
    if ('next_cursor' in reply.body)
      expect(listIn(reply)?.length === 0, why).toBe(emptyWithinSites.has(id));
  });

  test('shows nothing of another', async ({ expect }) => {
    const { reply, changes } = await ask(endpoint, whole(requestAt(annex, endpoint)));
    if (sharedLists.has(id)) return;
    expect(tracesIn(reply, home)).toEqual([]);
    expect(
      changes.filter(({ key }) => home.traces.some((trace) => key.pk.includes(trace))),
    ).toEqual([]);
  });

  test('knows an id of another site no more than one that nobody has', async ({ expect }) => {
    for (const field of fields()) {
      const request = requestAt(annex, endpoint, field);
      const theirs = idAt(home, endpoint, field);
      const nobodys = absent(theirs);
      const stranger = await ask(endpoint, withValue(request, field, theirs));
      const unknown = await ask(endpoint, withValue(request, field, nobodys));
      const why = placeOf(id, field);
      expect(written(stranger, theirs, nobodys), why).toBe(written(unknown, theirs, nobodys));
      expect(tracesIn(stranger.reply, home, theirs), why).toEqual([]);
    }
  });

  test('refuses it, or finds nothing', async ({ expect }) => {
    for (const field of fields()) {
      const theirs = idAt(home, endpoint, field);
      const asked = withValue(requestAt(annex, endpoint, field), field, theirs);
      const { reply, changes, frames } = await ask(endpoint, asked);
      if (isWord(field, kindOf(id, field)) && reply.status < 300) continue;
      const why = `${placeOf(id, field)}: ${reply.text}: test/support/isolation/exceptions.ts`;
      if (reply.status < 300 && takesAny(id, field)) continue;
      if (field.where === 'query' && reply.status === 200) expect(listIn(reply), why).toEqual([]);
      else expect([reply.status < 500, changes, frames], why).toEqual([true, [], []]);
    }
  });
});
