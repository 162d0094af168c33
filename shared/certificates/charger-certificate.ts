import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';

/** A certificate we issued to a charger, as events show it. */
export const ChargerCertificate = z
  .object({
    id: z.string().meta({ example: 'crt_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
    charger_id: z.string(),
    use: z.enum(['charger', 'v2g']).meta({
      description:
        '`charger`: its connection to the platform. `v2g`: its talk with cars (ISO 15118).',
    }),
    status: z.enum(['requested', 'pending', 'active', 'superseded', 'revoked', 'failed']),
    serial_number: z.string().nullable(),
    fingerprint: z.string().nullable().meta({ description: 'SHA-256, hexadecimal' }),
    subject: z.string().nullable(),
    issuer: z.string().nullable(),
    not_before: z.string().nullable(),
    not_after: z.string().nullable(),
    failure_reason: z.string().nullable(),
    livemode: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
    resource_version: z.int(),
  })
  .meta({
    id: 'IssuedCertificate',
    description: 'A certificate the platform issued to a charger, from its request on.',
  });
export type ChargerCertificate = z.infer<typeof ChargerCertificate>;

/** The same as it lies in its row. */
export const StoredCertificate = ChargerCertificate.extend({
  /** DER, base64. */
  csr: z.string(),
  csr_hash: z.string(),
  /** What the charger calls its request (OCPP 2.1 `requestId`). */
  request_number: z.int().nullable().default(null),
  /** PEM, with those above it. */
  chain: z.string().nullable().default(null),
  /** The command that brings it to the charger. */
  command_id: z.string().nullable().default(null),
  /** Of one superseded: until when the charger may still show it. */
  good_until: z.string().nullable().default(null),
  /** Days before its end at which it was last told. */
  told_days: z.int().nullable().default(null),
  /** The last renewal of it that failed, told once. */
  failed_renewal: z.string().nullable().default(null),
});
export type StoredCertificate = z.infer<typeof StoredCertificate>;

export async function findIssuedCertificate(
  ctx: Context,
  chargerId: string,
  id: string,
): Promise<StoredCertificate | undefined> {
  const item = await ctx.table.get(keys.issuedCertificate(ctx.tenantId, chargerId, id));
  return item && StoredCertificate.parse(item);
}

/** All that were ever issued to a charger, oldest first: a few a year. */
export async function listIssuedCertificates(
  ctx: Context,
  chargerId: string,
): Promise<StoredCertificate[]> {
  const of = keys.issuedCertificatesOf(ctx.tenantId, chargerId);
  return (await readAll(ctx, of)).map((item) => StoredCertificate.parse(item));
}

/** The one in use, of those issued for this use. */
export async function findActiveCertificate(
  ctx: Context,
  chargerId: string,
  use: ChargerCertificate['use'],
): Promise<StoredCertificate | undefined> {
  const all = await listIssuedCertificates(ctx, chargerId);
  return all.find((each) => each.use === use && each.status === 'active');
}

/** With its keys. One that is in use is found by its end. */
export const issuedItem = (ctx: Context, certificate: StoredCertificate): Item => ({
  ...certificate,
  ...keys.issuedCertificate(ctx.tenantId, certificate.charger_id, certificate.id),
  ...(certificate.status === 'active' && certificate.not_after
    ? keys.issuedExpiring(ctx.tenantId, certificate.not_after, certificate.id)
    : { gsi2pk: undefined, gsi2sk: undefined }),
  organization_id: ctx.tenantId,
});

export const certificateView = (stored: StoredCertificate): ChargerCertificate =>
  ChargerCertificate.parse(stored);
