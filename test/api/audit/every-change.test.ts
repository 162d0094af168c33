import { describe, test } from 'vitest';
import { AuditEntry } from '#shared/audit/audit-entry.ts';
import { findRecordKind } from '#shared/audit/record-kinds.ts';
import { callerId } from '#shared/core/caller.ts';
import type { Key, Write } from '#shared/core/table.ts';
import { call } from '#test/support/call.ts';
import { type Attempt, attempt, everything } from '#test/support/isolation/attempt.ts';
import { endpoints } from '#test/support/isolation/place.ts';
import { requestAt } from '#test/support/isolation/requests.ts';
import { UndoableTable } from '#test/support/isolation/undoable-table.ts';
import { theWorld } from '#test/support/isolation/world.ts';

const { ctx, home } = await theWorld();

/** Operations with a body that ask and change nothing. */
const READING: ReadonlySet<string> = new Set(['previewPayout']);
/** Objects that the platform goes on to change in the same request: it sends what was asked for. */
const FOLLOWED: ReadonlySet<string> = new Set([
  'command',
  'delivery',
  'diagnostics',
  'firmware_update',
]);

/**
 * Rows that are no object of anybody's: pointers, counters, queues, what tells repeats apart, and what is
 * kept to be compared.
 */
const BOOKKEEPING: readonly RegExp[] = [
  /#AUD#/,
  /#OUT#/,
  /#COUNT#/,
  /#IDENTITY#/,
  /#IDEM#/,
  /#TOKEN#tok_.* ID$/,
  /#TOKEN#.* OPEN#/,
  /#(KEYS|OACS|CHILDREN) /,
  /#MEMBER#|^MEMTOK#|#(LETTERS|SIGNIN)#/,
  /^(OAT|OIDC|OIDCUID|TRIES)#/,
  /#CFGT#.* \d{8}$/,
  /#CHG#.* (QUEUE#|INFLIGHT|REQ#|REQSEQ|RENEWAL#|BOOKINGS|RESNO#|DIAGNOSTICS|FIRMWARE|PROFILESEQ)/,
  /#SITE#.* TARIFF#/,
  /#(SITE|DRV)#.*#(RES|SES|CDR) /,
  /#OPENSES /,
  /#SES#.* TL#/,
  /#LISTED#/,
  /#LOCALLISTS /,
  /#HOOK#.* (HEALTH|TALLY)/,
];
const nameOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
const isBookkeeping = (key: Key) => BOOKKEEPING.some((shape) => shape.test(nameOf(key)));

const entriesOf = ({ changes }: Attempt) =>
  changes.filter(({ key }) => key.pk.includes('#AUD#')).map(({ after }) => AuditEntry.parse(after));

describe.for([...endpoints])('%s', ([id, endpoint]) => {
  const headers = { 'user-agent': 'audit-test/1', 'x-correlation-id': 'matter-7' };
  const ask = () => attempt(ctx, everything, endpoint, { ...requestAt(home, endpoint), headers });

  if (endpoint.route.startsWith('GET') || READING.has(id)) {
    test('reads, and leaves no entry in the audit log', async ({ expect }) => {
      expect(entriesOf(await ask())).toEqual([]);
    });
    return;
  }

  test('leaves entries that tell who changed what, from where, before and after', async ({
    expect,
  }) => {
    const done = await ask();
    const entries = entriesOf(done);
    expect(done.reply.status, done.reply.text).toBeLessThan(300);
    expect(entries, 'no entry: does it change state through commit?').not.toEqual([]);
    for (const { action, actor, object, request, changes, truncated } of entries) {
      expect(action).toBe(id);
      expect(actor).toMatchObject({ type: 'api_key', id: callerId({ actor: everything }) });
      expect(object.id).not.toBe('');
      expect(request).toMatchObject({
        id: 'req_test',
        correlation_id: 'matter-7',
        user_agent: 'audit-test/1',
      });
      expect(truncated).toBe(false);
      expect(changes, `${object.type}: shared/audit/record-kinds.ts`).not.toEqual([]);
      for (const { id: of, before, after, change } of changes) {
        expect(of).not.toBe('');
        expect(before === null).toBe(change === 'created' || after?.['replay'] !== undefined);
        expect(after === null).toBe(change === 'deleted');
        if (before && after) expect(Object.keys(before)).toEqual(Object.keys(after));
      }
    }
  });

  test('changes no object that no entry tells of', async ({ expect }) => {
    const done = await ask();
    const told = new Set(
      entriesOf(done).flatMap(({ changes }) => changes.map(({ object }) => object)),
    );
    for (const { key } of done.changes.filter((one) => !isBookkeeping(one.key))) {
      const kind = findRecordKind(key);
      const why = `${nameOf(key)}: add its kind to shared/audit/record-kinds.ts, or here if it is nobody's object`;
      expect(kind, why).toBeDefined();
      if (kind && !FOLLOWED.has(kind.object)) expect([...told], why).toContain(kind.object);
    }
  });

  test('shows neither keys of rows nor anything that is recognised by its hash', async ({
    expect,
  }) => {
    for (const { changes } of entriesOf(await ask()))
      for (const fields of changes.flatMap(({ before, after }) => [before ?? {}, after ?? {}]))
        expect(Object.keys(fields)).not.toEqual(
          expect.arrayContaining([expect.stringMatching(/^(pk|sk|gsi..k|ttl|outbox|hash|salt)$/)]),
        );
  });
});

test('an entry is one more row of the very transaction it tells of', async ({ expect }) => {
  const written: (readonly Write[])[] = [];
  const endpoint = endpoints.get('updateSite');
  if (!endpoint) throw new Error('There is no updateSite');
  const table = new UndoableTable(ctx.table);
  table.write = async (writes) => {
    written.push(writes);
  };
  await call({ ...ctx, table }, endpoint, requestAt(home, endpoint));
  const withEntry = written.filter((writes) => writes.some(isEntry));
  expect(withEntry).toHaveLength(1);
  expect(withEntry[0]?.map((write) => write.op)).toEqual(['put', 'put', 'put']);
  expect(withEntry[0]?.find(isEntry)).toMatchObject({ op: 'put', when: 'absent' });
});

const isEntry = (write: Write) => write.op === 'put' && write.item.pk.includes('#AUD#');
