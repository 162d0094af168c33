import * as fc from 'fast-check';

const cut = (text: string, at: number) => text.slice(0, Math.round(text.length * at));

/** Anything a socket may bring: bytes, text, JSON, frames of our shape, and all of them cut off. */
export const hostileText = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => new TextDecoder().decode(bytes)),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.json(),
  fc.array(fc.jsonValue(), { maxLength: 6 }).map((frame) => JSON.stringify(frame)),
  fc
    .tuple(fc.integer({ min: -1, max: 9 }), fc.jsonValue(), fc.jsonValue(), fc.jsonValue())
    .map((frame) => JSON.stringify(frame)),
  fc
    .tuple(fc.constantFrom(2, 3, 4, 5, 6), fc.string(), fc.string(), fc.object())
    .chain((frame) =>
      fc.double({ min: 0, max: 1, noNaN: true }).map((at) => cut(JSON.stringify(frame), at)),
    ),
  fc.nat(100_000).map((depth) => '['.repeat(depth)),
  fc.nat(50_000).map((depth) => `[2,"id","X",${'[1,'.repeat(depth)}1${']'.repeat(depth)}]`),
);
