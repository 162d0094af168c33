const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);
/** Lower case, a dot in it (RFC 8252 7.1), and never what a browser runs by itself. */
const OWN_SCHEME = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/;

/** Whether a client may have people sent back there. */
export function isRedirectUri(text: string): boolean {
  const url = plainUrl(text);
  if (!url || text.includes('#') || url.username !== '' || url.password !== '') return false;
  return isWeb(url) || OWN_SCHEME.test(url.protocol);
}

/** Whether it is written as browsers send it in `Origin`. */
export function isOrigin(text: string): boolean {
  const url = plainUrl(text);
  return url !== undefined && isWeb(url) && url.origin === text;
}

const isWeb = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));

/** No spaces, controls or wildcards, by which an address could be read as another. */
const plainUrl = (text: string): URL | undefined =>
  /^[\x21-\x7e]+$/.test(text) && !/[*\\<>"'`]/.test(text)
    ? (URL.parse(text) ?? undefined)
    : undefined;
