import { expect, test } from 'vitest';
import type { Item } from '#shared/core/table.ts';
import { aWorld } from '#test/support/isolation/world.ts';
import { type Kept, watchWhatIsKept } from '#test/support/kept.ts';

/** How secrets of ours look, and keys of anybody's. */
const LOOKS: Readonly<Record<string, RegExp>> = {
  'an API key': /mk_(test|live)_[A-Za-z0-9]{20,}/,
  'a secret of an OAuth client': /mos_(test|live)_[\w-]{20,}/,
  'a secret of a webhook endpoint': /whsec_[\w+/=-]{16,}/,
  // The ticket of a session is part of the session, for whoever may read it: `lt_….…`, made anew each time.
  'a live ticket': /\blt_[\w-]{24,}(?![\w.-])/,
  'an access token': /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----|"d":"[\w-]{40,}"/,
  'a password sent by Basic': /\bBasic [A-Za-z0-9+/]{16,}={0,2}/,
  'a bearer credential': /\bBearer [\w.-]{16,}/,
};
/** Attributes that hold a secret by their very name, unless it is sealed or hashed beside its salt. */
const NAMES = /^(ocpp_password|password|secret|client_secret|passphrase|private_key|otp|code)$/;

function* leaves(value: unknown, path: readonly string[] = []): Generator<[string[], unknown]> {
  if (typeof value !== 'object' || value === null) yield [[...path], value];
  else for (const [name, each] of Object.entries(value)) yield* leaves(each, [...path, name]);
}

const kept: Kept[] = [];
await aWorld((ctx) => void kept.push(watchWhatIsKept(ctx)));
const rows = kept.flatMap((one) => one.rows as Item[]);

test('there are rows of every sort to look at', () => {
  expect(rows.length).toBeGreaterThan(1000);
});

test.each(Object.entries(LOOKS))('no row holds %s', (_, look) => {
  const found = rows.filter((row) => look.test(JSON.stringify(row)));
  expect(found.map(({ pk, sk }) => `${pk} ${sk}`)).toEqual([]);
});

test('no row holds text under the name of a secret but sealed, or redacted', () => {
  const found = rows.flatMap((row) =>
    [...leaves(row)]
      .filter(([path, value]) => NAMES.test(path.at(-1) ?? '') && typeof value === 'string')
      .filter(([, value]) => !/^(sealed:|\[redacted\]|\(secret\))/.test(String(value)))
      .map(([path, value]) => `${row.pk} ${path.join('.')}=${String(value).slice(0, 40)}`),
  );
  expect([...new Set(found)]).toEqual([]);
});
