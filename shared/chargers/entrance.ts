import * as z from 'zod';
import type { Charger } from '#shared/chargers/charger.ts';
import { passwordMatches } from '#shared/chargers/credentials.ts';
import type { Organization } from '#shared/organizations/organization.ts';

/** A client certificate that the edge has verified up to a root it trusts. */
export interface ClientCertificate {
  /** SHA-256 of the certificate, hex in lower case. */
  readonly fingerprint: string;
  /** Names as RFC 2253 spells them. */
  readonly subject: string;
  readonly issuer: string;
}

/** What is known of a client certificate that we issued ourselves. */
export interface KnownCertificate {
  readonly id: string;
  readonly chargerId: string;
  /** Not revoked, not superseded for long, not past its end. */
  readonly isGood: boolean;
  /** Whether we have yet to hear that the charger has it. */
  readonly isNew: boolean;
}

/** What a charger brings to the door. */
export interface Brought {
  readonly identity: string;
  /** What the Basic header carried, byte for byte; undefined without one. */
  readonly credentials: { readonly user: string; readonly password: Uint8Array } | undefined;
  /** Whether it came over TLS. */
  readonly secure: boolean;
  readonly certificate: ClientCertificate | undefined;
  readonly known: KnownCertificate | undefined;
}

/** How it came in: by which OCPP security profile, and by which of its secrets. */
export const Entrance = z.object({
  profile: z.literal([0, 1, 2, 3]),
  /** The id of a password besides the one in use, or of a certificate of ours. */
  secret: z.string().nullable(),
});
export type Entrance = z.infer<typeof Entrance>;

export type Refusal = 'bad_credentials' | 'bad_certificate' | 'downgrade';

/**
 * May it come in? Never by less than it was set up for: 1.6 and 2.0.1 know no way back to a lower profile,
 * 2.1 only where we asked for it. A certificate that is not the charger's own opens nothing, whatever
 * else it brings.
 */
export function judgeEntrance(
  organization: Organization,
  charger: Charger,
  brought: Brought,
  now: string,
): Entrance | Refusal {
  const floor = Math.min(charger.security_profile, charger.moving?.floor ?? 3);
  const shown = judgeCertificate(organization, charger, brought);
  if (shown === 'bad_certificate') return shown;
  const entrance = shown ?? judgePassword(organization, charger, brought, now);
  if (typeof entrance === 'string') return floor === 3 ? 'downgrade' : entrance;
  return entrance.profile < floor ? 'downgrade' : entrance;
}

function judgeCertificate(
  { certificate_issuers }: Organization,
  charger: Charger,
  { certificate, known }: Brought,
): Entrance | 'bad_certificate' | undefined {
  if (!certificate) return undefined;
  if (known) {
    const isOwn = known.chargerId === charger.id && known.isGood;
    return isOwn ? { profile: 3, secret: known.id } : 'bad_certificate';
  }
  // One of a root that others than this organization trust is none at all.
  if (!certificate_issuers.includes(certificate.issuer)) return undefined;
  const name = commonNameOf(certificate.subject);
  const isNamed = name === charger.ocpp_identity || name === charger.serial_number;
  return name !== undefined && isNamed ? { profile: 3, secret: null } : 'bad_certificate';
}

function judgePassword(
  { allow_unsecured }: Organization,
  charger: Charger,
  { identity, credentials, secure }: Brought,
  now: string,
): Entrance | 'bad_credentials' {
  const open = allow_unsecured && charger.security_profile === 0;
  if (!credentials) return open ? nothing : 'bad_credentials';
  const profile = secure ? 2 : 1;
  if (credentials.user === identity) {
    const { password, other_passwords } = charger;
    if (password && passwordMatches(password, credentials.password))
      return { profile, secret: null };
    const other = other_passwords
      .filter(({ until }) => until === null || until > now)
      .find((each) => passwordMatches(each, credentials.password));
    if (other) return { profile, secret: other.id };
  }
  return open && !charger.password ? nothing : 'bad_credentials';
}

const nothing: Entrance = { profile: 0, secret: null };

/** The common name in a name of RFC 2253; undefined where it has none, or more than one. */
export function commonNameOf(name: string): string | undefined {
  const parts = name.match(/(?:\\.|[^,+\\])+/gs) ?? [];
  const [first, another] = parts.flatMap((part) => {
    const [, value] = /^\s*CN=(.*)$/is.exec(part) ?? [];
    return value === undefined ? [] : [value.replaceAll(/\\([0-9a-f]{2}|.)/gis, unescaped)];
  });
  return another === undefined ? first : undefined;
}

const unescaped = (_: string, escaped: string) =>
  escaped.length === 2 ? Buffer.from(escaped, 'hex').toString('latin1') : escaped;
