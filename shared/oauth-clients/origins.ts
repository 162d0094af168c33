import type { Table, Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { isOrigin } from '#shared/oauth-clients/client-uris.ts';
import type { OauthClient } from '#shared/oauth-clients/oauth-client.ts';

/** Longer than any name of a host with its port; more than a key of the table takes is refused unread. */
const LONGEST = 300;

type Registered = Pick<OauthClient, 'id' | 'allowed_origins'>;

/** The rows by which an origin is known, as they change with a client. */
export function originWrites(
  before: Registered | undefined,
  after: Registered | undefined,
): Write[] {
  const had = [...new Set(before?.allowed_origins)];
  const has = [...new Set(after?.allowed_origins)];
  const id = (after ?? before)?.id ?? '';
  return [
    ...has
      .filter((origin) => !had.includes(origin))
      .map((origin): Write => ({ op: 'put', item: keys.clientOfOrigin(origin, id) })),
    ...had
      .filter((origin) => !has.includes(origin))
      .map((origin): Write => ({ op: 'delete', key: keys.clientOfOrigin(origin, id) })),
  ];
}

/** Whether some client of this deployment calls from there. Says nothing about whose. */
export async function isRegisteredOrigin(
  { table }: { readonly table: Pick<Table, 'query'> },
  origin: string,
): Promise<boolean> {
  if (origin.length > LONGEST || !isOrigin(origin)) return false;
  const { items } = await table.query({ ...keys.clientsOfOrigin(origin), limit: 1 });
  return items.length > 0;
}
