const LINE = 64;

/** PEM as every charger reads it: lines of 64, LF alone, one at the end. */
export function toPem(label: string, der: Uint8Array): string {
  const base64 = Buffer.from(der).toString('base64');
  const lines = base64.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** The certificates of a chain, in its order, each as PEM of its own. */
export const splitChain = (chain: string): string[] =>
  [...chain.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g)].map(
    ([, body = '']) => toPem('CERTIFICATE', Buffer.from(body, 'base64')),
  );

/**
 * The bytes of a signing request, however a charger wrote them: PEM with any line ends (also spelt
 * `\n`), under the older label, bare base64, or hex as the first edition of the 1.6 whitepaper has it.
 * Undefined for what cannot be one.
 */
export function signingRequestBytes(text: string): Buffer | undefined {
  const plain = text.replaceAll('\\n', '\n').replaceAll('\\r', '').trim();
  const armoured =
    /^-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([\s\S]+)-----END (?:NEW )?CERTIFICATE REQUEST-----$/;
  const body = (armoured.exec(plain)?.[1] ?? plain).replaceAll(/\s/g, '');
  const isHex = /^30[0-9a-f]+$/i.test(body) && body.length % 2 === 0;
  if (!isHex && !/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return undefined;
  const bytes = Buffer.from(body, isHex ? 'hex' : 'base64');
  // A sequence with a length of two bytes: nothing shorter holds a key that we would take.
  return bytes.length > SHORTEST && bytes[0] === 0x30 ? bytes : undefined;
}

const SHORTEST = 128;
