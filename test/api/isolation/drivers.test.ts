import { describe, test } from 'vitest';
import type { Caller } from '#shared/core/caller.ts';
import type { Actor } from '#shared/core/context.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import type { Call, Reply } from '#test/support/call.ts';
import { absent, attempt, everything, listIn, written } from '#test/support/isolation/attempt.ts';
import { chosen, isWord, placeOf } from '#test/support/isolation/exceptions.ts';
import { type Kind, kindOf } from '#test/support/isolation/kinds.ts';
import { endpoints, tracesIn } from '#test/support/isolation/place.ts';
import { idAt, idFields, requestAt, whole, withValue } from '#test/support/isolation/requests.ts';
import { theWorld } from '#test/support/isolation/world.ts';

const { ctx, home } = await theWorld();
const { second } = home;
if (!second) throw new Error('Nobody else charges at home.');
const driver: Caller = { kind: 'driver', id: home.ids.driver, scopes: ['*'] };
const ask = (endpoint: Endpoint, request: Call, actor: Actor = driver) =>
  attempt(ctx, actor, endpoint, request);

const guarded = [...endpoints].filter(([, { scope }]) => scope !== 'public');
const closed = guarded.filter(([, { forDrivers }]) => !forDrivers);
const open = guarded.filter(([, { forDrivers }]) => forDrivers);

/** What is some driver's own. Places and what they cost are everybody's to see. */
const owned: ReadonlySet<Kind | undefined> = new Set([
  ...(['cdr', 'contract', 'contract_id', 'driver', 'group', 'label', 'ref'] as const),
  ...(['reservation', 'session', 'token', 'uid', 'vehicle'] as const),
]);
const ownFields = (endpoint: Endpoint) =>
  idFields(endpoint).filter((field) => owned.has(kindOf(endpoint.id, field)));

/** What the organization alone says of a driver. */
const notTheirs: ReadonlySet<string> = new Set([
  'updateDriver external_ref',
  'updateDriver labels',
]);

/** What a client sends that has read the object before. */
const READ = { 'if-match': '"1"', 'if-none-match': '"1"' };

describe.for(closed)('%s, which is not for drivers', ([, endpoint]) => {
  test('is refused to one with every scope, and does nothing', async ({ expect }) => {
    const request = requestAt(home, endpoint);
    const { reply, changes, frames } = await ask(endpoint, request);
    expect(reply).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } });
    expect([changes, frames]).toEqual([[], []]);
    const named = Object.values(request.params ?? {}).map(String);
    expect(tracesIn(reply, home, ...named)).toEqual([]);
  });

  test('does not tell one what is there', async ({ expect }) => {
    for (const field of idFields(endpoint)) {
      const [id, nobodys] = [idAt(home, endpoint, field), absent(idAt(home, endpoint, field))];
      const answer = async (value: string) => {
        const request = withValue(requestAt(home, endpoint, field), field, value);
        return written(await ask(endpoint, request), id, nobodys);
      };
      expect(await answer(id)).toBe(await answer(nobodys));
    }
  });
});

describe.for(open)('%s, for a driver', ([id, endpoint]) => {
  test('answers about what is the own', async ({ expect }) => {
    const { reply } = await ask(endpoint, whole(requestAt(home, endpoint)));
    expect(reply.status, reply.text).toBeLessThan(300);
    if ('next_cursor' in reply.body) expect(listIn(reply)).not.toEqual([]);
    for (const field of ownFields(endpoint).filter((one) => !notTheirs.has(placeOf(id, one)))) {
      const request = withValue(
        requestAt(home, endpoint, field),
        field,
        idAt(home, endpoint, field),
      );
      const { reply: own } = await ask(endpoint, whole(request));
      const why = `${placeOf(id, field)}: ${own.text}`;
      expect(own.status, why).toBeLessThan(300);
      if (field.where === 'query') expect(listIn(own), why).not.toEqual([]);
    }
  });

  test('knows an id of another driver no more than one that nobody has', async ({ expect }) => {
    for (const field of ownFields(endpoint)) {
      const theirs = idAt(second, endpoint, field);
      const nobodys = absent(theirs);
      for (const headers of [{}, READ]) {
        const of = async (value: string) => {
          const request = withValue(requestAt(home, endpoint, field), field, value);
          return written(await ask(endpoint, { ...request, headers }), theirs, nobodys);
        };
        expect(await of(theirs), placeOf(id, field)).toBe(await of(nobodys));
      }
    }
  });

  test('refuses it, or finds nothing', async ({ expect }) => {
    for (const field of ownFields(endpoint)) {
      const kind = kindOf(id, field);
      const theirs = idAt(second, endpoint, field);
      const request = withValue(requestAt(home, endpoint, field), field, theirs);
      const { reply, changes, frames } = await ask(endpoint, request);
      const why = `${placeOf(id, field)}: ${reply.text}`;
      const isFilter = `${placeOf(id, field)}` === 'createLiveTicket filter.session_id';
      if (reply.status < 300 && kind !== 'driver' && (isWord(field, kind) || isFilter)) continue;
      if (field.where === 'query' && reply.status === 200) {
        expect(listIn(reply), why).toEqual([]);
        expect([0, null], why).toContain(reply.body['total']);
        if (kind === 'driver') expect(reply.body['next_cursor'], why).toBeNull();
      } else {
        expect([404, 403, 422], why).toContain(reply.status);
        expect([changes, frames], why).toEqual([[], []]);
      }
    }
  });

  test('tells of nothing of theirs, whatever it names', async ({ expect }) => {
    for (const field of [undefined, ...idFields(endpoint)]) {
      if (field && chosen.has(placeOf(id, field))) continue;
      const request = requestAt(home, endpoint, field);
      const isOwned = field && owned.has(kindOf(id, field));
      const value = field && idAt(isOwned ? second : home, endpoint, field);
      const asked = field && value ? withValue(request, field, value) : request;
      for (const one of [asked, whole(asked)]) {
        const { reply } = await ask(endpoint, one);
        expect(tracesIn(reply, second, ...(value ? [value] : [])), reply.text).toEqual([]);
      }
    }
  });
});

const lists = open.filter(([, { query }]) => 'cursor' in (query?.shape ?? {}));
const perDriver = lists.filter(([, { query }]) => 'driver_id' in (query?.shape ?? {}));
const idsIn = (reply: Reply) =>
  (listIn(reply) ?? []).map((one) => String(Reflect.get(Object(one), 'id') ?? Object(one).emaid));

describe.for(perDriver)('the pages of %s', ([, endpoint]) => {
  test('show a driver all that is the own, and count no more', async ({ expect }) => {
    const query = { driver_id: home.ids.driver, limit: 200 };
    const all = idsIn((await ask(endpoint, { query }, everything)).reply);
    const seen: string[] = [];
    let cursor: unknown;
    do {
      const page = { limit: 2, ...(cursor ? { cursor } : {}) };
      const { reply } = await ask(endpoint, { query: page });
      expect(reply.status, reply.text).toBe(200);
      seen.push(...idsIn(reply));
      cursor = reply.body['next_cursor'];
    } while (cursor);
    expect(seen.sort()).toEqual(all.sort());
    expect(all.length).toBeGreaterThan(0);
    if (!('include_total' in (endpoint.query?.shape ?? {}))) return;
    const { reply } = await ask(endpoint, { query: { include_total: true } });
    expect(reply.body['total']).toBe(all.length);
  });

  test('go on for nobody with the cursor of somebody else', async ({ expect }) => {
    const { reply } = await ask(endpoint, { query: { limit: 1 } }, everything);
    const query = { limit: 1, cursor: reply.body['next_cursor'] };
    const invalid = { status: 400, body: { errors: [{ field: 'cursor' }] } };
    expect((await ask(endpoint, { query })).reply).toMatchObject(invalid);
    const other: Caller = { ...driver, id: second.ids.driver };
    const theirs = (await ask(endpoint, { query: { limit: 1 } }, other)).reply.body['next_cursor'];
    if (theirs === null) return;
    const asked = { query: { limit: 1, cursor: theirs } };
    expect((await ask(endpoint, asked)).reply).toMatchObject(invalid);
  });
});

test('all operations are here', ({ expect }) => {
  expect(open.map(([id]) => id).sort()).toEqual(FOR_DRIVERS);
  expect(perDriver.length).toBe(5);
});

/** Those of the catalogue that exist. */
const FOR_DRIVERS =
  `cancelReservation createLiveTicket createReservation getCallerIdentity getCdr getChargerStatus
  getDriver getReservation getSession getSiteTariff getToken listCdrs listContractCertificates
  listReservationSlots listReservations listSessionMeterValues listSessions listTokens startSession stopSession
  updateDriver`
    .split(/\s+/)
    .sort();
