/** One element of DER: its tag, its contents, and the whole with its header. */
export type DerElement = { tag: number; contents: Buffer; whole: Buffer };

/** The elements that follow one another in a buffer. Throws a RangeError where it is no DER. */
export function derElements(buffer: Buffer): DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at < buffer.length; ) {
    const tag = buffer.readUInt8(at);
    const first = buffer.readUInt8(at + 1);
    const longForm = first & 0x7f;
    const isLong = first >= 0x80;
    const length = isLong ? buffer.readUIntBE(at + 2, longForm) : first;
    const begin = at + 2 + (isLong ? longForm : 0);
    if (begin + length > buffer.length) throw new RangeError('An element is cut short');
    elements.push({
      tag,
      contents: buffer.subarray(begin, begin + length),
      whole: buffer.subarray(at, begin + length),
    });
    at = begin + length;
  }
  return elements;
}

export function derElement(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const contents = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), lengthOf(contents.length), contents]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes]);
}
