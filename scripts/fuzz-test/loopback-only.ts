/**
 * Loaded into the host before itself (`node --import`): nothing may call the strangers' URLs that are
 * made up for webhooks and firmware. Foreign names resolve to nothing, foreign addresses refuse.
 */
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { BlockList, isIP, Socket } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function isHere(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return host === 'localhost';
  return loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

const failure = (code: string, host: string) =>
  Object.assign(new Error(`${code} ${host}: this test stays on this machine`), { code });

const { lookup } = dns;
dns.lookup = new Proxy(lookup, {
  apply(target, self, args: [string, ...unknown[]]) {
    const done = args.at(-1);
    if (isHere(args[0]) || typeof done !== 'function') return Reflect.apply(target, self, args);
    queueMicrotask(() => done(failure('ENOTFOUND', args[0])));
  },
});
dns.promises.lookup = new Proxy(dns.promises.lookup, {
  apply: (target, self, args: [string, ...unknown[]]) =>
    isHere(args[0])
      ? Reflect.apply(target, self, args)
      : Promise.reject(failure('ENOTFOUND', args[0])),
});
syncBuiltinESMExports();

Socket.prototype.connect = new Proxy(Socket.prototype.connect, {
  apply(target, self: Socket, args: unknown[]) {
    const host = hostOf(args);
    if (host === undefined || isIP(host) === 0 || isHere(host))
      return Reflect.apply(target, self, args);
    queueMicrotask(() => self.destroy(failure('ECONNREFUSED', host)));
    return self;
  },
});

/** Of `connect(options)`, of `connect(port, host)`, and of their form inside Node, a list of both. */
function hostOf([first, second]: readonly unknown[]): string | undefined {
  if (Array.isArray(first)) return hostOf(first);
  const host: unknown =
    first !== null && typeof first === 'object' ? Reflect.get(first, 'host') : second;
  return typeof host === 'string' ? host : undefined;
}
