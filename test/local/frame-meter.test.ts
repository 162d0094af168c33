import fc from 'fast-check';
import { expect, it } from 'vitest';
import { frameMeter } from '#local/frame-meter.ts';

/** A client's frame as RFC 6455 section 5.2 draws it: length in 7, 16 or 64 bits, then a mask. */
function frame(payload: number, masked = true): Buffer {
  const mask = masked ? 0x80 : 0;
  const header =
    payload < 126
      ? Buffer.from([0x81, mask | payload])
      : payload < 65_536
        ? Buffer.from([0x81, mask | 126, payload >> 8, payload & 0xff])
        : Buffer.from([
            0x81,
            mask | 127,
            0,
            0,
            0,
            0,
            0,
            payload >> 16,
            (payload >> 8) & 0xff,
            payload & 0xff,
          ]);
  return Buffer.concat([header, Buffer.alloc(masked ? 4 : 0), Buffer.alloc(payload, 0x81)]);
}

it('tells the length of every frame, however the bytes are cut', () => {
  const lengths = fc.constantFrom(0, 1, 125, 126, 127, 32_768, 32_769, 65_535, 65_536, 140_000);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(lengths, fc.boolean()), { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 20 }),
      (frames, cuts) => {
        const seen: number[] = [];
        const meter = frameMeter((bytes) => seen.push(bytes));
        const bytes = Buffer.concat(frames.map(([length, masked]) => frame(length, masked)));
        for (let at = 0, n = 0; at < bytes.length; n += 1) {
          const size = cuts[n % cuts.length] ?? 1;
          meter(bytes.subarray(at, at + size));
          at += size;
        }
        expect(seen).toEqual(frames.map(([length]) => length));
      },
    ),
  );
});

it('tells a length before the payload is there', () => {
  const seen: number[] = [];
  frameMeter((bytes) => seen.push(bytes))(frame(40_000).subarray(0, 8));
  expect(seen).toEqual([40_000]);
});
