import * as z from 'zod';
import { Metadata } from '#shared/chargers/charger.ts';
import type { Context } from '#shared/core/context.ts';
import { canonicalEmaid, printedEmaid } from '#shared/core/emaid.ts';
import { notFound } from '#shared/core/errors.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';

export const ContractStatus = z
  .enum(['requested', 'active', 'expiring', 'expired', 'revoked'])
  .meta({
    id: 'ContractStatus',
    description:
      '`requested`: no certificate of it was seen yet. `expiring`: 30 days or less are left.',
  });
export type ContractStatus = z.infer<typeof ContractStatus>;

/** What is known of the certificate by which a car proves a contract. */
export const ContractCertificate = z
  .object({
    subject: z.string(),
    issuer: z.string(),
    serial_number: z.string(),
    fingerprint: z.string().meta({ description: 'SHA-256, hexadecimal.' }),
    not_before: z.iso.datetime(),
    not_after: z.iso.datetime(),
  })
  .meta({ id: 'ContractCertificateDetails' });
export type ContractCertificate = z.infer<typeof ContractCertificate>;

/** The contract by which a car pays, as it lies in its row. */
export const Contract = z.object({
  /** 14 characters: no hyphens, no check digit. */
  emaid: z.string(),
  driver_id: z.string().nullable().default(null),
  vehicle_id: z.string().nullable().default(null),
  token_id: z.string(),
  certificate: ContractCertificate.nullable().default(null),
  /** PEM of the certificate and the CAs above it, as far as they were given. */
  chain: z.array(z.string()).default([]),
  expires_at: z.string().nullable().default(null),
  activated_at: z.string().nullable().default(null),
  revoked_at: z.string().nullable().default(null),
  revocation_reason: z.string().nullable().default(null),
  external_ref: z.string().nullable().default(null),
  metadata: Metadata.default({}),
  livemode: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.int(),
});
export type Contract = z.infer<typeof Contract>;

/** A contract as the API shows it. */
export const ContractView = z
  .object({
    emaid: z.string().meta({
      description: '14 characters, without hyphens and check digit.',
      example: 'DE8AACA2B3C4D5',
    }),
    emaid_printed: z.string().meta({
      description: 'As people read it, with its check digit.',
      example: 'DE-8AA-CA2B3C4D5-L',
    }),
    status: ContractStatus,
    driver_id: z.string().nullable(),
    vehicle_id: z.string().nullable(),
    token_id: z.string().meta({
      description: 'The token of type `emaid` by which it is authorised, like any other.',
    }),
    certificate: ContractCertificate.nullable(),
    expires_at: z.iso.datetime().nullable(),
    activated_at: z.iso.datetime().nullable(),
    revoked_at: z.iso.datetime().nullable(),
    revocation_reason: z.string().nullable(),
    external_ref: z.string().nullable(),
    metadata: Metadata,
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({
    id: 'ContractCertificate',
    description: 'A Plug & Charge contract, and the certificate by which a car proves it.',
  });
export type ContractView = z.infer<typeof ContractView>;

export const contractView = (ctx: Context, contract: Contract): ContractView =>
  ContractView.parse({
    ...contract,
    emaid_printed: printedEmaid(contract.emaid),
    status: contractStatus(ctx, contract),
    resource_version: contract.version,
  });

const EXPIRING_S = 30 * 86_400;

/** What a contract is now; the clock alone makes it expire. */
export function contractStatus(
  ctx: Pick<Context, 'now'>,
  { revoked_at, expires_at, activated_at }: Contract,
): ContractStatus {
  const now = ctx.now().toISOString();
  if (revoked_at) return 'revoked';
  if (expires_at && expires_at <= now) return 'expired';
  if (!activated_at) return 'requested';
  return expires_at && expires_at <= plusSeconds(now, EXPIRING_S) ? 'expiring' : 'active';
}

/** The contract of this eMAID, in whatever spelling. */
export async function findContract(ctx: Context, text: string): Promise<Contract | undefined> {
  const emaid = canonicalEmaid(text);
  const item = emaid && (await ctx.table.get(keys.contract(ctx.tenantId, emaid)));
  return item ? Contract.parse(item) : undefined;
}

/** Throws not_found. */
export async function getContract(ctx: Context, text: string): Promise<Contract> {
  const contract = await findContract(ctx, text);
  if (!contract) throw notFound('Contract');
  return contract;
}
