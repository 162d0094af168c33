import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** What is not the public internet, by the IANA special-purpose registries (RFC 6890 and successors). */
const SPECIAL_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
/** Global unicast is 2000::/3; inside it lie documentation, Teredo, and 6to4, which leads to any IPv4. */
const SPECIAL_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [net, bits] of SPECIAL_V4) special.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of SPECIAL_V6) special.addSubnet(net, bits, 'ipv6');
const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');
/** Where the cloud hands out credentials, and what leads there: NAT64, 6to4, addresses of IPv4 in IPv6. */
const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('fe80::', 10, 'ipv6');
for (const net of ['::ffff:169.254.0.0', '::169.254.0.0', '64:ff9b::169.254.0.0'])
  linkLocal.addSubnet(net, 112, 'ipv6');
linkLocal.addSubnet('2002:a9fe::', 32, 'ipv6');
linkLocal.addSubnet('fd00:ec2::', 32, 'ipv6');

/** Whether live endpoints may be here. */
export function isPublicAddress(zoned: string): boolean {
  const address = withoutZone(zoned);
  if (isIPv4(address)) return !special.check(address, 'ipv4');
  if (!isIPv6(address)) return false;
  return globalV6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** The cloud hands out credentials at link-local addresses: forbidden in test mode too. */
export function isLinkLocal(zoned: string): boolean {
  const address = withoutZone(zoned);
  return linkLocal.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** `fe80::1%eth0` is an address and the way to it. */
const withoutZone = (address: string) => address.split('%', 1)[0] ?? '';

/** Mail, name servers and the like: nothing that speaks HTTP listens there, and much that would mishear it. */
export const isPortOfOthers = (port: string): boolean =>
  port !== '' && Number(port) < 1024 && !['80', '443'].includes(port);

/** Where a Lambda is told what to do; nobody else may speak there. */
export const LAMBDA_RUNTIME_PORT = 9001;
