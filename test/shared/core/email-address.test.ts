import { test } from 'vitest';
import { EmailAddress } from '#shared/core/email-address.ts';

const of = (local: string) => EmailAddress.safeParse(`${local}@example.com`).data;

test('an address is kept trimmed and in small letters', ({ expect }) => {
  expect(EmailAddress.parse(' Asha.Rao@Example.COM ')).toBe('asha.rao@example.com');
});

test('an address that no mail server takes is none', ({ expect }) => {
  expect(of('a'.repeat(64))).toBe(`${'a'.repeat(64)}@example.com`);
  expect(of('a'.repeat(65))).toBeUndefined();
  expect(of('')).toBeUndefined();
});
