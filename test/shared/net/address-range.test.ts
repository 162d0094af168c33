import { describe, expect, test } from 'vitest';
import { isAddressRange, isWithin } from '#shared/net/address-range.ts';

describe('a range of addresses', () => {
  test.for(['203.0.113.7', '203.0.113.0/24', '0.0.0.0/0', '::1', '2001:db8::/32', '::/0'])(
    'is one: %s',
    (text) => expect(isAddressRange(text)).toBe(true),
  );

  test.for([
    '',
    '203.0.113',
    '203.0.113.0/33',
    '203.0.113.0/',
    '203.0.113.0/-1',
    '2001:db8::/129',
    '010.0.0.1',
    'example.com',
    '203.0.113.0/24,10.0.0.0/8',
    'fe80::1%eth0',
  ])('is none: %s', (text) => expect(isAddressRange(text)).toBe(false));
});

describe('an address', () => {
  const ranges = ['203.0.113.0/24', '198.51.100.7', '2001:db8:17::/48'];

  test.for([
    '203.0.113.0',
    '203.0.113.255',
    '198.51.100.7',
    '::ffff:203.0.113.9',
    '::ffff:cb00:7109',
    '2001:db8:17:ffff::1',
  ])('lies within: %s', (address) => expect(isWithin(ranges, address)).toBe(true));

  test.for([
    '203.0.114.0',
    '198.51.100.8',
    '::ffff:203.0.114.9',
    '2001:db8:18::1',
    '::1',
    '',
    '203.0.113.9, 10.0.0.1',
    'localhost',
  ])('does not: %s', (address) => expect(isWithin(ranges, address)).toBe(false));
});
