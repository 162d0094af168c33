import { isIP } from 'node:net';
import { AppError } from '#shared/core/errors.ts';
import { isPublicAddress } from '#shared/net/forbidden-address.ts';

/**
 * The URL as it is stored. Live endpoints need HTTPS and a public host; test mode takes `http://` and
 * loopback too. Names are resolved and checked again at every delivery. Throws validation_failed.
 */
export function webhookUrl(text: string, livemode: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol)) throw refused('Not an HTTP(S) URL.');
  if (url.username || url.password) throw refused('Credentials do not belong into the URL.');
  if (livemode && url.protocol !== 'https:') throw refused('Live mode needs HTTPS.');
  if (livemode && !isPublicHost(url.hostname)) throw refused('The host is not on the internet.');
  url.hash = '';
  return url.href;
}

function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host)) return isPublicAddress(host);
  return host.includes('.') && !/(^|\.)(localhost|local|internal)\.?$/.test(host);
}

const refused = (message: string) =>
  new AppError('validation_failed', 'This URL cannot be sent events.', {
    errors: [{ field: 'url', code: 'url_not_allowed', message }],
  });
