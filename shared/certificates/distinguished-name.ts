/** A name as RFC 2253 writes it, of the one Node gives: a part a line, escaped, the other way round. */
export const distinguishedName = (name: string): string =>
  name.split('\n').filter(Boolean).reverse().join(',');

const PART = /^\s*(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)\s*=\s*\S/;

/** Whether it can be a name of RFC 2253 at all. */
export const isDistinguishedName = (text: string): boolean =>
  (text.match(/(?:\\.|[^,+\\])+/gs) ?? []).every((part) => PART.test(part)) && PART.test(text);
