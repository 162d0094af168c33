import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';

export const RootKind = z.enum(['v2g', 'mo', 'csms', 'manufacturer', 'oem']).meta({
  id: 'RootCertificateKind',
  description:
    'Whom it vouches for. `v2g`: charging stations and, where operators share one PKI, contracts. `mo`: contracts of a mobility operator. `csms`: platforms. `manufacturer`: firmware. `oem`: vehicles.',
});
export type RootKind = z.infer<typeof RootKind>;

/** A certificate that is trusted for what it signs, as it lies in its row. */
export const RootCertificate = z.object({
  id: z.string(),
  kind: RootKind,
  name: z.string().nullable().default(null),
  subject: z.string(),
  issuer: z.string(),
  serial_number: z.string(),
  /** SHA-256, hex; no two roots of an organization have the same. */
  fingerprint: z.string(),
  not_before: z.string(),
  not_after: z.string(),
  pem: z.string(),
  /** PEM of the CAs below it that came along. */
  intermediates: z.array(z.string()).default([]),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.int(),
});
export type RootCertificate = z.infer<typeof RootCertificate>;

/** A trust anchor as the API shows it. */
export const RootCertificateView = z
  .object({
    id: z.string().meta({ example: 'rca_9f86d081884c7d659a2feaa0c55ad015' }),
    kind: RootKind,
    name: z.string().nullable(),
    subject: z.string().meta({ example: 'CN=MO Root, O=Example Mobility, C=DE' }),
    issuer: z.string(),
    serial_number: z.string().meta({ description: 'Hexadecimal.' }),
    fingerprint: z.string().meta({ description: 'SHA-256 of the certificate, hexadecimal.' }),
    not_before: z.iso.datetime(),
    not_after: z.iso.datetime(),
    expired: z.boolean().meta({ description: 'It vouches for nothing any more.' }),
    certificate: z.string().meta({ description: 'PEM.' }),
    intermediates: z.array(z.string()).meta({ description: 'CAs below it, each as PEM.' }),
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'RootCertificate', description: 'A trust anchor.' });
export type RootCertificateView = z.infer<typeof RootCertificateView>;

export const rootCertificateView = (
  ctx: Context,
  { pem, version, ...root }: RootCertificate,
): RootCertificateView =>
  RootCertificateView.parse({
    ...root,
    certificate: pem,
    expired: Date.parse(root.not_after) < ctx.now().getTime(),
    livemode: ctx.livemode,
    resource_version: version,
  });

/** All of an organization: it has few. */
export async function allRootCertificates(ctx: Context): Promise<RootCertificate[]> {
  const { items } = await ctx.table.query(keys.rootCertificates(ctx.tenantId));
  return items.map((item) => RootCertificate.parse(item));
}

export async function findRootCertificate(
  ctx: Context,
  id: string,
): Promise<RootCertificate | undefined> {
  return (await allRootCertificates(ctx)).find((root) => root.id === id);
}
