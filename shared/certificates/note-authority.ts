import { X509Certificate } from 'node:crypto';
import * as z from 'zod';
import { distinguishedName } from '#shared/certificates/distinguished-name.ts';
import { splitChain } from '#shared/certificates/pem.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';

const Noted = z.object({ names: z.array(z.string()) });

/**
 * Notes under which name this deployment issues: no organization may name it as an issuer that it trusts
 * by name alone. Names it had before stay, since certificates under them do.
 */
export async function noteAuthority(ctx: Pick<Context, 'table'>, chain: string): Promise<void> {
  const [issuing] = splitChain(chain);
  if (issuing === undefined) return;
  const name = distinguishedName(new X509Certificate(issuing).subject);
  const row = await ctx.table.get(keys.authorityNames());
  const names = row ? Noted.parse(row).names : [];
  if (names.includes(name)) return;
  const item = { ...keys.authorityNames(), names: [...names, name] };
  await ctx.table.write([{ op: 'put', item }]);
}
