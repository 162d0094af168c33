import { isIP } from 'node:net';
import { isPortOfOthers, isPublicAddress } from '#shared/net/forbidden-address.ts';

/**
 * A URL that somebody gave us to call, as it is stored, or why it may not be called. Live mode takes HTTPS
 * and public hosts alone; test mode `http://` and loopback too. Names are resolved and checked again at
 * every call: `post` does it.
 */
export function callableUrl(
  text: string,
  livemode: boolean,
): { readonly href: string } | { readonly refused: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol))
    return { refused: 'Not an HTTP(S) URL.' };
  if (url.username || url.password) return { refused: 'Credentials do not belong into the URL.' };
  if (isPortOfOthers(url.port)) return { refused: 'The port belongs to another service.' };
  if (livemode && url.protocol !== 'https:') return { refused: 'Live mode needs HTTPS.' };
  if (livemode && !isPublicHost(url.hostname))
    return { refused: 'The host is not on the internet.' };
  url.hash = '';
  return { href: url.href };
}

function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host)) return isPublicAddress(host);
  return host.includes('.') && !/(^|\.)(localhost|local|internal)\.?$/.test(host);
}
