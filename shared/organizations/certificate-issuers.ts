import { X509Certificate } from 'node:crypto';
import * as z from 'zod';
import { distinguishedName, isDistinguishedName } from '#shared/certificates/distinguished-name.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { keys } from '#shared/db/keys.ts';

const PEM = /^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/;

/**
 * The names of issuers that were given by name or by certificate, each once. Throws validation_failed for
 * what is neither, for a certificate that issues nothing, and for an authority of this deployment: under
 * that the chargers of all its organizations stand, so it says nothing of one's own.
 */
export async function issuerNames(ctx: Context, given: readonly string[]): Promise<string[]> {
  if (given.length === 0) return [];
  const own = new Set((await ownNames(ctx)).map(folded));
  const names = given.map((text, n) => {
    const name = PEM.test(text.trim()) ? nameIn(text.trim(), ctx.now(), n) : text.trim();
    if (!isDistinguishedName(name)) throw refused(n, 'invalid_name', 'Neither PEM nor a name.');
    if (own.has(folded(name))) throw refused(n, 'own_authority', 'The platform knows its own.');
    return name;
  });
  return [...new Set(names)];
}

function nameIn(pem: string, now: Date, n: number): string {
  const certificate = read(pem);
  if (!certificate) throw refused(n, 'invalid_certificate', 'Not one readable certificate.');
  if (!certificate.ca) throw refused(n, 'not_an_authority', 'It is the certificate of no CA.');
  if (certificate.validToDate <= now) throw refused(n, 'expired', 'The certificate is over.');
  return distinguishedName(certificate.subject);
}

function read(pem: string): X509Certificate | undefined {
  if (pem.match(/-----BEGIN/g)?.length !== 1) return undefined;
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

const Names = z.object({ names: z.array(z.string()) });

async function ownNames(ctx: Context): Promise<string[]> {
  const [authority, all] = await Promise.all([
    ctx.table.get(keys.authority()),
    ctx.table.get(keys.authorityNames()),
  ]);
  const pem = authority?.['certificate'];
  const own = typeof pem === 'string' ? [distinguishedName(new X509Certificate(pem).subject)] : [];
  return [...own, ...(all ? Names.parse(all).names : [])];
}

/** How a name is spelled makes it no other: case, spaces, the order of its parts. */
const folded = (name: string): string =>
  (name.match(/(?:\\.|[^,+\\])+/gs) ?? [])
    .map((part) => part.replaceAll(/\s+/g, '').toLowerCase())
    .sort()
    .join(',');

const refused = (n: number, code: string, message: string) =>
  new AppError('validation_failed', 'An issuer cannot be taken.', {
    errors: [{ field: `certificate_issuers.${n}`, code, message }],
  });
