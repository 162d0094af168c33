import { BlockList, isIP, isIPv4 } from 'node:net';

const FORM = /^([0-9a-f:.]{2,45})(?:\/(\d{1,3}))?$/i;

interface Range {
  readonly net: string;
  readonly bits: number;
}

/** An address, or as many as its first `bits` stand for: `203.0.113.0/24`, `2001:db8::/32` (CIDR). */
function readRange(text: string): Range | undefined {
  const [, net = '', given] = FORM.exec(text) ?? [];
  const family = isIP(net);
  if (family === 0) return undefined;
  const most = family === 4 ? 32 : 128;
  const bits = given === undefined ? most : Number(given);
  return bits <= most ? { net, bits } : undefined;
}

export const isAddressRange = (text: string): boolean => readRange(text) !== undefined;

/** Whether an address lies in one of the ranges. An IPv4 address may come in the clothes of IPv6. */
export function isWithin(ranges: readonly string[], address: string): boolean {
  const [plain = ''] = address.split('%', 1);
  if (isIP(plain) === 0) return false;
  const list = new BlockList();
  for (const text of ranges) {
    const range = readRange(text);
    if (range) list.addSubnet(range.net, range.bits, familyOf(range.net));
  }
  return list.check(plain, familyOf(plain));
}

const familyOf = (address: string) => (isIPv4(address) ? 'ipv4' : 'ipv6');
