import type { Identified } from '#shared/core/caller.ts';
import { sha256 } from '#shared/core/ids.ts';
import type { Log } from '#shared/core/log.ts';
import { ConditionFailed, type Item, type Table, type Write } from '#shared/core/table.ts';
import { isWithin } from '#shared/net/address-range.ts';
import { ApiKey, apiKeyPointer, findApiKeyRow, isOver } from '#shared/organizations/api-key.ts';

interface World {
  readonly table: Table;
  readonly log: Log;
  now(): Date;
}

/**
 * The key behind a secret, and a note that it was used: undefined for one that is over, and for one that
 * comes from an address it is not for, or from nobody knows where.
 */
export async function identifyApiKey(
  from: World,
  secret: string,
  address: string | undefined,
): Promise<Identified | undefined> {
  const row = await findApiKeyRow(from.table, secret);
  const key = row && ApiKey.parse(row);
  if (!key || isOver(key, from.now())) return undefined;
  const { ip_allowlist: allowed, id } = key;
  if (allowed && !(address && isWithin(allowed, address))) {
    from.log.warn('A key came from an address it is not for', { credential: id, address });
    return undefined;
  }
  await noteUse(from, row, key, sha256(secret));
  return identified(key);
}

const identified = ({ organization_id, livemode, id, scopes, site_ids }: ApiKey): Identified => ({
  organizationId: organization_id,
  livemode,
  caller: { kind: 'api_key', id, scopes, ...(site_ids ? { siteIds: site_ids } : {}) },
});

const HOUR_MS = 3_600_000;

/** Once an hour. Whoever calls does so whether or not this can be written down. */
async function noteUse({ table, log, now }: World, row: Item, key: ApiKey, hash: string) {
  const at = now();
  if (key.last_used_at !== null && at.getTime() - Date.parse(key.last_used_at) < HOUR_MS) return;
  const { pk, sk } = row;
  // A key of the first releases has no version, and is not among those of its organization yet.
  const isListed = row['version'] !== undefined;
  const note: Write = {
    op: 'update',
    key: { pk, sk },
    set: { last_used_at: at.toISOString(), ...(isListed ? {} : { version: key.version }) },
    when: { id: key.id, last_used_at: key.last_used_at ?? undefined },
  };
  const listed: Write = { op: 'put', item: apiKeyPointer(key, hash) };
  try {
    await table.write(isListed ? [note] : [note, listed]);
  } catch (error) {
    // Another machine noted the same hour.
    if (error instanceof ConditionFailed) return;
    log.warn('The use of a key was not noted', { credential: key.id, error });
  }
}
