import { scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkPassword, hashPassword } from '#shared/members/password.ts';
import { checkNewPassword } from '#shared/members/password-rules.ts';
import { testContext } from '#test/support/context.ts';

describe('a stored password', () => {
  it('is scrypt of OWASP’s cost, its parameters beside it', async () => {
    const stored = await hashPassword(testContext(), 'copper lantern 47');
    const [name, N, r, p, salt = '', hash] = stored.split('$');
    expect([name, N, r, p]).toEqual(['scrypt', '32768', '8', '3']);
    const cost = { N: 32_768, r: 8, p: 3, maxmem: 2 ** 27 };
    const expected = scryptSync('copper lantern 47', Buffer.from(salt, 'base64url'), 32, cost);
    expect(hash).toBe(expected.toString('base64url'));
    expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
  });

  it('is another each time', async () => {
    const ctx = testContext();
    expect(await hashPassword(ctx, 'copper lantern 47')).not.toBe(
      await hashPassword(ctx, 'copper lantern 47'),
    );
  });

  it('is known again when it was stored at another cost, and said to be outdated', async () => {
    const salt = Buffer.from('sixteen bytes ..');
    const hash = scryptSync('copper lantern 47', salt, 32, { N: 1024, r: 8, p: 1 });
    const stored = `scrypt$1024$8$1$${salt.toString('base64url')}$${hash.toString('base64url')}`;
    expect(await checkPassword(stored, 'copper lantern 47')).toBe('outdated');
    expect(await checkPassword(stored, 'copper lantern 48')).toBe('wrong');
  });

  it('is nobody’s where there is none', async () => {
    expect(await checkPassword(undefined, 'copper lantern 47')).toBe('wrong');
  });
});

describe('a new password', () => {
  const about = { email: 'asha.rao@voltcharge.in', name: 'Asha Rao', organization: 'Volt Charge' };
  const wrong = (password: string) => {
    try {
      checkNewPassword(password, about);
      return undefined;
    } catch (error) {
      return error;
    }
  };

  it.each([
    'copper lantern 47 meadow',
    'Xk7#pQ2!vL9$wZ',
    'मेरा गुप्त शब्द ९९',
    'volt and three quiet rivers',
    '#!?&%=+-*/<>~^',
  ])('may be %s', (password) => {
    expect(wrong(password)).toBe(undefined);
  });

  it.each([
    ['too short', 'Xk7#pQ2!vL9'],
    ['too short in characters, if not in bytes', '🔌🔌🔌🔌🔌🔌🔌🔌🔌🔌🔌'],
    ['too long', 'copper lantern '.repeat(9)],
    ['the address', 'asha.rao@voltcharge.in'],
    ['the address and a little', 'Asha.Rao2026'],
    ['the organization', 'VoltCharge!!'],
    ['the organization and a year', 'Volt Charge 2026'],
    ['the name', 'asharaoasharao'],
    ['one character', 'zzzzzzzzzzzzzz'],
    ['two characters', 'abababababab'],
    ['a run', 'abcdefghijklmn'],
    ['a run of digits', '123456789012'],
    ['everybody’s', 'Password1234'],
    ['spaces', '              '],
  ])('may not be %s', (_, password) => {
    expect(wrong(password)).toMatchObject({ code: 'validation_failed' });
  });
});
