import type { AuditChange } from '#shared/audit/audit-entry.ts';
import { findRecordKind, idOfRecord, type RecordKind } from '#shared/audit/record-kinds.ts';
import { shown, shownFields } from '#shared/audit/shown-fields.ts';
import type { Witnessed, WitnessedEvent } from '#shared/core/context.ts';
import type { Item, Key, Write } from '#shared/core/table.ts';
import { applyUpdate } from '#shared/db/apply-update.ts';

/** A row of an object, before and after a transaction. */
export interface ChangedRow {
  readonly kind: RecordKind;
  readonly id: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const keyOf = (write: Write): Key => (write.op === 'put' ? write.item : write.key);
const isNew = (write: Write) => write.op === 'put' && write.when === 'absent';

/** What a transaction writes of objects. */
export const shownWrites = (writes: readonly Write[]): Write[] =>
  writes.filter((write) => write.op !== 'check' && findRecordKind(keyOf(write)));

/** The rows that have to be read to know what there was before. */
export const keysBefore = (writes: readonly Write[]): Key[] =>
  writes
    .filter((write) => !isNew(write))
    .map(keyOf)
    .map(({ pk, sk }) => ({ pk, sk }));

export function changedRows(
  writes: readonly Write[],
  before: ReadonlyMap<string, Item | undefined>,
): ChangedRow[] {
  return writes.flatMap((write) => {
    const key = keyOf(write);
    const kind = findRecordKind(key);
    if (!kind) return [];
    const was = before.get(nameOf(key));
    const after = afterOf(write, was);
    const row: Partial<Item> = after ?? was ?? {};
    if (kind.unless && row[kind.unless]) return [];
    return [{ kind, id: idOfRecord(kind, key, row), before: was, after }];
  });
}

export const nameOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);

function afterOf(write: Write, before: Item | undefined): Item | undefined {
  if (write.op === 'put') return write.item;
  return write.op === 'update' ? applyUpdate(before, write) : undefined;
}

/** Noted with every change, so of no interest. */
const ALWAYS_CHANGES = new Set(['updated_at']);

/** What an entry tells: the whole of what was made or is gone, and of what changed the fields that did. */
export function changesOf(rows: readonly ChangedRow[]): AuditChange[] {
  const byObject = Map.groupBy(rows, ({ kind, id }) => JSON.stringify([kind.object, id]));
  return [...byObject.values()].flatMap((parts) => {
    const [first] = parts;
    if (!first) return [];
    const wasThere = parts.some(({ before }) => before);
    const isThere = parts.some(({ after }) => after);
    const both = wasThere && isThere;
    const [before, after] = [{}, {}] as [Record<string, unknown>, Record<string, unknown>];
    for (const part of parts) {
      const names = both ? changedNames(part) : undefined;
      Object.assign(before, picked(part.kind, part.before, names));
      Object.assign(after, picked(part.kind, part.after, names));
    }
    if (both && Object.keys({ ...before, ...after }).length === 0) return [];
    const change = both ? 'updated' : wasThere ? 'deleted' : 'created';
    return [
      {
        object: first.kind.object,
        id: first.id,
        change,
        before: wasThere ? before : null,
        after: isThere ? after : null,
      },
    ];
  });
}

function changedNames({ before, after }: ChangedRow): Set<string> {
  const was: Fields = before ?? {};
  const is: Fields = after ?? {};
  const names = Object.keys({ ...was, ...is });
  const isSame = (name: string) =>
    JSON.stringify(was[name] ?? null) === JSON.stringify(is[name] ?? null);
  return new Set(names.filter((name) => !isSame(name) && !ALWAYS_CHANGES.has(name)));
}

/** A field that is not set reads as null, so that both sides name the same ones. */
function picked(kind: RecordKind, row: Item | undefined, names?: ReadonlySet<string>): Fields {
  if (!names) return row ? shownFields(kind, set(row)) : {};
  const some = Object.fromEntries([...names].map((name) => [name, row?.[name] ?? null]));
  return shownFields(kind, some);
}

/** The whole of an object leaves out what is not set. */
const set = (row: Item): Fields =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value != null));

/** What is asked for with a change, in the words of who asked. */
export const noteOf = ({ aggregate, noted }: Witnessed): AuditChange[] =>
  noted
    ? [
        {
          object: aggregate.kind,
          id: aggregate.id,
          change: 'updated',
          before: null,
          after: told(noted),
        },
      ]
    : [];

const told = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, shown(name, value)]));

/** What an event tells of a change whose row is not shown: the tariff in force is several rows. */
export function changesTold(
  events: readonly WitnessedEvent[],
  told: readonly AuditChange[],
): AuditChange[] {
  return events.flatMap(({ type, subject, object, patch, previous }) => {
    if (!previous || told.some(({ id }) => id === subject)) return [];
    const now: Fields = patch ?? (object as Fields | undefined) ?? {};
    const names = Object.keys(previous).filter((name) => !ALWAYS_CHANGES.has(name));
    const of = (fields: Fields) =>
      Object.fromEntries(names.map((name) => [name, shown(name, fields[name])]));
    const [kind = ''] = type.split('.');
    return [{ object: kind, id: subject, change: 'updated', before: of(previous), after: of(now) }];
  });
}
