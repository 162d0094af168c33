import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { HashData } from '#shared/plug-and-charge/hash-data.ts';
import { RootKind } from '#shared/plug-and-charge/root-certificate.ts';

/** What a charger calls installed: the roots it trusts, and the chain it shows to cars. */
export const InstalledKind = z.enum([...RootKind.options, 'v2g_chain']);
export type InstalledKind = z.infer<typeof InstalledKind>;

/** A certificate that a charger has, as far as it told us. */
export const InstalledCertificate = z.object({
  id: z.string(),
  charger_id: z.string(),
  kind: InstalledKind,
  /** As the charger itself gives them, or as we reckon until it does; null = cannot be reckoned. */
  hash: HashData.nullable(),
  children: z.array(HashData).default([]),
  subject: z.string().nullable().default(null),
  issuer: z.string().nullable().default(null),
  serial_number: z.string().nullable().default(null),
  fingerprint: z.string().nullable().default(null),
  not_before: z.string().nullable().default(null),
  not_after: z.string().nullable().default(null),
  pem: z.string().nullable().default(null),
  root_certificate_id: z.string().nullable().default(null),
  /** When the charger confirmed that it installed it. */
  installed_at: z.string().nullable().default(null),
  /** When the charger last told that it has it. */
  reported_at: z.string().nullable().default(null),
  /** The command that installed it. */
  command_id: z.string().nullable().default(null),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.int(),
});
export type InstalledCertificate = z.infer<typeof InstalledCertificate>;

const nullableText = z.string().nullable();

/** A certificate of a charger as the API shows it. */
export const ChargerCertificateView = z
  .object({
    id: z.string().meta({ example: 'crt_5f2d0c8b7e6a49138f0b1c2d3e4f5a6b' }),
    charger_id: z.string(),
    kind: z.enum([...InstalledKind.options, 'charger']).meta({
      description:
        'A root that the charger trusts, `v2g_chain`: what it shows to cars, or `charger`: what it shows to the platform.',
    }),
    hash: HashData.nullable(),
    children: z.array(HashData).meta({ description: 'Of the certificates below it, in a chain.' }),
    subject: nullableText.meta({
      description: 'Null where a charger has a certificate that is not known here.',
    }),
    issuer: nullableText,
    serial_number: nullableText,
    fingerprint: nullableText.meta({ description: 'SHA-256, hexadecimal.' }),
    not_before: z.iso.datetime().nullable(),
    not_after: z.iso.datetime().nullable(),
    root_certificate_id: nullableText.meta({ description: 'The trust anchor it is.' }),
    installed_at: z.iso.datetime().nullable().meta({
      description: 'When the charger confirmed that it installed it for the platform.',
    }),
    reported_at: z.iso.datetime().nullable().meta({
      description: 'When the charger last told that it has it.',
    }),
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'ChargerCertificate', description: 'A certificate that a charger has.' });
export type ChargerCertificateView = z.infer<typeof ChargerCertificateView>;

export const chargerCertificateView = (
  ctx: Context,
  { version, ...certificate }: InstalledCertificate,
): ChargerCertificateView =>
  ChargerCertificateView.parse({
    ...certificate,
    livemode: ctx.livemode,
    resource_version: version,
  });

export async function findInstalledCertificate(
  ctx: Context,
  chargerId: string,
  id: string,
): Promise<InstalledCertificate | undefined> {
  const item = await ctx.table.get(keys.installedCertificate(ctx.tenantId, chargerId, id));
  return item && InstalledCertificate.parse(item);
}

/** All that a charger has: a store holds a few dozen. */
export async function allInstalledCertificates(
  ctx: Context,
  chargerId: string,
): Promise<InstalledCertificate[]> {
  const { items } = await ctx.table.query(keys.installedCertificates(ctx.tenantId, chargerId));
  return items.map((item) => InstalledCertificate.parse(item));
}

export const installedItem = (ctx: Context, certificate: InstalledCertificate) => ({
  ...certificate,
  ...keys.installedCertificate(ctx.tenantId, certificate.charger_id, certificate.id),
});
