import { AppError } from '#shared/core/errors.ts';
import type { Item, Key, Write } from '#shared/core/table.ts';
import { itemSize } from '#shared/db/item-size.ts';

/**
 * What DynamoDB would refuse, both adapters refuse alike, so that nothing works on a laptop and
 * fails in the cloud. A mistake of ours is a TypeError; what a caller's data can cause is an AppError.
 */
const MAX_WRITES = 100;
const MAX_ITEM_BYTES = 400 * 1024;
const MAX_DEPTH = 32;
const MAX_PK_BYTES = 2048;
const MAX_SK_BYTES = 1024;
const INDEX_KEYS = ['gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk'];

export const keyOf = (write: Write): Key => (write.op === 'put' ? write.item : write.key);

export function checkWrites(writes: readonly Write[]): void {
  if (writes.length > MAX_WRITES) throw new TypeError(`At most ${MAX_WRITES} writes at once.`);
  const seen = new Set<string>();
  for (const write of writes) {
    const { pk, sk } = keyOf(write);
    const name = JSON.stringify([pk, sk]);
    if (seen.has(name)) throw new TypeError(`Two writes of one row in one transaction: ${name}`);
    seen.add(name);
    if (write.op === 'put') checkItem(write.item);
    else checkKey(write.key);
    if (write.op === 'update') checkUpdate(write);
  }
}

/** A row that both engines can hold. */
export function checkItem(item: Item): void {
  checkKey(item);
  checkAttributes(item);
  checkSize(item);
}

export function checkSize(item: Item): void {
  if (itemSize(item) > MAX_ITEM_BYTES) throw tooLarge();
}

export const tooLarge = (cause?: unknown) =>
  new AppError('payload_too_large', 'This is more than one record can hold (400 KB).', { cause });

export function checkKey({ pk, sk }: Key): void {
  checkKeyPart('pk', pk, MAX_PK_BYTES);
  checkKeyPart('sk', sk, MAX_SK_BYTES);
}

function checkKeyPart(name: string, value: unknown, max: number): void {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} must be a text.`);
  if (value.length * 3 > max && Buffer.byteLength(value) > max) {
    throw new TypeError(`${name} is over ${max} bytes.`);
  }
}

function checkUpdate({ key, set = {}, remove = [], add = {} }: Extract<Write, { op: 'update' }>) {
  const names = [...Object.keys(set), ...remove, ...Object.keys(add)];
  const where = `${key.pk} ${key.sk}`;
  if (names.length === 0) throw new TypeError(`An update must change something: ${where}`);
  if (new Set(names).size < names.length) throw new TypeError(`An attribute twice: ${where}`);
  if (names.includes('pk') || names.includes('sk')) throw new TypeError(`A key changed: ${where}`);
  checkAttributes(set);
  for (const [name, amount] of Object.entries(add)) {
    // Decimal and binary fractions do not add up alike; whole numbers do.
    if (!Number.isSafeInteger(amount)) throw new TypeError(`${name} can only rise by an integer.`);
  }
}

function checkAttributes(attributes: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    checkName(name);
    checkValue(value, name, 1);
  }
  for (const name of INDEX_KEYS) {
    if (attributes[name] !== undefined) checkKeyPart(name, attributes[name], MAX_SK_BYTES);
  }
  if (attributes.ttl !== undefined && typeof attributes.ttl !== 'number') {
    throw new TypeError('ttl must be a number of seconds.');
  }
}

function checkValue(value: unknown, path: string, depth: number): void {
  if (value === null || value === undefined) return;
  if (typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') checkNumber(value, path);
  else if (typeof value === 'object') checkNested(value, path, depth);
  else throw new TypeError(`${path} is a ${typeof value}, not JSON.`);
}

function checkNested(value: object, path: string, depth: number): void {
  if (depth >= MAX_DEPTH) {
    throw new AppError('payload_too_large', `This is nested deeper than ${MAX_DEPTH} levels.`);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`${path} is not a plain object.`);
  }
  for (const [name, each] of Object.entries(value)) {
    checkName(name);
    if (each === undefined && Array.isArray(value)) throw new TypeError(`${path} has a gap.`);
    checkValue(each, `${path}.${name}`, depth + 1);
  }
}

/** JSON may hold names that DynamoDB, or the SDK on the way to it, does not keep. */
function checkName(name: string): void {
  if (name === '' || name === '__proto__') {
    throw unkept(name, 'invalid_key', `A field cannot be named "${name}".`);
  }
}

/** DynamoDB numbers: 1e-130 to just under 1e126. */
function checkNumber(value: number, path: string): void {
  const size = Math.abs(value);
  if (size !== 0 && !(size >= 1e-130 && size < 1e126)) {
    throw unkept(path, 'out_of_range', 'This number cannot be kept.');
  }
}

const unkept = (field: string, code: string, message: string) =>
  new AppError('validation_failed', message, { errors: [{ field, code, message }] });
