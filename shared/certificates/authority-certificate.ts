import { makeAuthority } from '#shared/certificates/make-authority.ts';
import type { Signer } from '#shared/certificates/write-certificate.ts';
import type { Context } from '#shared/core/context.ts';
import { ConditionFailed, type Table } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

/** The certificate (PEM) of the deployment's own authority, once it has one. */
export async function findAuthorityCertificate(
  table: Pick<Table, 'get'>,
): Promise<string | undefined> {
  const row = await table.get(keys.authority());
  return typeof row?.['certificate'] === 'string' ? row['certificate'] : undefined;
}

/** Makes the deployment's own root certificate under this key, once. */
export async function foundAuthority(
  ctx: Pick<Context, 'table' | 'now' | 'newSecret'>,
  key: Signer,
  organization: string,
): Promise<string> {
  const known = await findAuthorityCertificate(ctx.table);
  if (known) return known;
  const serialNumber = `4${Buffer.from(ctx.newSecret(16), 'base64url').toString('hex').slice(1)}`;
  const about = { commonName: 'Magma ChargeSpot CA', organization, serialNumber, now: ctx.now() };
  const certificate = await makeAuthority(about, key);
  try {
    const item = { ...keys.authority(), certificate };
    await ctx.table.write([{ op: 'put', when: 'absent', item }]);
    return certificate;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    // CloudFormation asked twice, and the other one was faster.
    return (await findAuthorityCertificate(ctx.table)) ?? certificate;
  }
}
