import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Image, toImage, toKey } from '#shared/aws/dynamo-row.ts';
import type { Condition, Write } from '#shared/core/table.ts';

/** Collects the placeholders of one request, so that no attribute name can clash with a reserved word. */
export class Placeholders {
  readonly #names = new Map<string, string>();
  readonly #values: Image = {};

  name(attribute: string): string {
    const known = this.#names.get(attribute) ?? `#n${this.#names.size}`;
    this.#names.set(attribute, known);
    return known;
  }

  value(value: unknown): string {
    const placeholder = `:v${Object.keys(this.#values).length}`;
    this.#values[placeholder] = toImage({ value }).value ?? ({ NULL: true } as const);
    return placeholder;
  }

  /** To be spread into the request. */
  used() {
    const names = [...this.#names].map(([attribute, placeholder]) => [placeholder, attribute]);
    const values: Record<string, AttributeValue> = this.#values;
    return {
      ...(names.length > 0 ? { ExpressionAttributeNames: Object.fromEntries(names) } : {}),
      ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
    };
  }
}

/** Holds for a row whose time has not passed, and for no row at all. */
export const notExpired = (its: Placeholders, now: number): string =>
  `(attribute_not_exists(${its.name('ttl')}) OR ${its.name('ttl')} > ${its.value(now)})`;

const expired = (its: Placeholders, now: number) => `${its.name('ttl')} <= ${its.value(now)}`;

/** A check must ask something, even one of no attributes. */
const anything = (its: Placeholders) =>
  `(attribute_exists(${its.name('pk')}) OR attribute_not_exists(${its.name('pk')}))`;

/** A condition in DynamoDB's words, for which an expired row is as good as none. */
function conditionOf(when: Condition, its: Placeholders, now: number): string {
  if (when === 'absent') return `(attribute_not_exists(${its.name('pk')}) OR ${expired(its, now)})`;
  if (when === 'present') return `attribute_exists(${its.name('pk')}) AND ${notExpired(its, now)}`;
  const entries = Object.entries(when);
  if (entries.length === 0) return anything(its);
  const terms = entries.map(([name, value]) =>
    value === undefined
      ? `attribute_not_exists(${its.name(name)})`
      : `${its.name(name)} = ${its.value(value)}`,
  );
  const all = terms.join(' AND ');
  const asksForUnsetOnly = entries.every(([, value]) => value === undefined);
  return asksForUnsetOnly
    ? `(${expired(its, now)} OR (${all}))`
    : `${all} AND ${notExpired(its, now)}`;
}

/** One write as part of a transaction; the single-write commands take the same fields. */
export function transactItemOf(write: Write, TableName: string, now: number): TransactWriteItem {
  const its = new Placeholders();
  const UpdateExpression = write.op === 'update' ? updateOf(write, its) : '';
  const conditions: string[] = [];
  if (write.when !== undefined) conditions.push(conditionOf(write.when, its, now));
  // An update must not build on what an expired row still holds.
  if (write.op === 'update') conditions.push(notExpired(its, now));
  const ConditionExpression = conditions.join(' AND ');
  const rest = {
    TableName,
    ...(ConditionExpression === '' ? {} : { ConditionExpression }),
    ...its.used(),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
  if (write.op === 'put') return { Put: { Item: toImage(write.item), ...rest } };
  const Key = toKey(write.key);
  if (write.op === 'delete') return { Delete: { Key, ...rest } };
  if (write.op === 'update') return { Update: { Key, UpdateExpression, ...rest } };
  return { ConditionCheck: { Key, ...rest, ConditionExpression } };
}

function updateOf(write: Extract<Write, { op: 'update' }>, its: Placeholders): string {
  const { set = {}, remove = [], add = {} } = write;
  const given = Object.entries(set).filter(([, value]) => value !== undefined);
  const unset = Object.keys(set).filter((name) => set[name] === undefined);
  const clauses = {
    SET: given.map(([name, value]) => `${its.name(name)} = ${its.value(value)}`),
    REMOVE: [...remove, ...unset].map((name) => its.name(name)),
    ADD: Object.entries(add).map(([name, amount]) => `${its.name(name)} ${its.value(amount)}`),
  };
  return Object.entries(clauses)
    .filter(([, parts]) => parts.length > 0)
    .map(([verb, parts]) => `${verb} ${parts.join(', ')}`)
    .join(' ');
}
