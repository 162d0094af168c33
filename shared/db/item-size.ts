/**
 * The size of a row as DynamoDB counts it: the UTF-8 of every attribute name and value; a number
 * takes about one byte per two significant digits and one more; a boolean or null one; a list or map
 * three, and one per element.
 */
export function itemSize(item: Readonly<Record<string, unknown>>): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) {
    if (value !== undefined) bytes += Buffer.byteLength(name) + valueSize(value);
  }
  return bytes;
}

const CONTAINER_BYTES = 3;

function valueSize(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return numberSize(value);
  if (typeof value !== 'object' || value === null) return 1;
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, each) => sum + 1 + valueSize(each), CONTAINER_BYTES);
  }
  const present = Object.entries(value).filter(([, each]) => each !== undefined);
  return CONTAINER_BYTES + present.length + itemSize(Object.fromEntries(present));
}

function numberSize(value: number): number {
  const [mantissa = ''] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '').length;
  return Math.ceil(digits / 2) + 1 + (value < 0 ? 1 : 0);
}
