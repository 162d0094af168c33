import { join } from 'node:path';
import { sandbox } from '#local/sandbox.ts';
import { contextOf } from '#shared/aws/runtime.ts';
import { SqliteTable } from '#shared/db/sqlite-table.ts';
import { mintApiKey } from '#shared/organizations/mint-api-key.ts';

/**
 * Puts API keys into a data folder that no host runs on yet. A benchmark needs many: the limiter gives
 * each 1,000 requests a minute, and it is part of what is measured.
 */
export async function mintKeys(folder: string, count: number): Promise<string[]> {
  if (count === 0) return [];
  const table = new SqliteTable({ path: join(folder, 'magma.db'), now: () => new Date() });
  const unused = () => Promise.reject(new Error('Minting a key sends nothing'));
  const socket = { send: unused, close: unused };
  const ctx = contextOf(
    {
      tenantId: sandbox.organization,
      livemode: false,
      actor: { kind: 'system' },
      cause: { type: 'system', ref: 'bench', request_id: null, idempotency_key: null, actor: null },
    },
    {
      table,
      sockets: { ocpp: socket, live: socket },
      log: { debug() {}, info() {}, warn() {}, error() {}, count() {} },
      traffic: { append: unused, newest: unused },
      urls: { api: '', ocpp: '', live: '' },
      cursorKey: unused,
      files: { acceptExactly: unused, head: unused },
      filesKey: unused,
      mail: { isOn: false, send: unused },
      ca: { issueCertificate: unused },
      originSecret: unused,
      publish: unused,
      enqueue: unused,
      now: () => new Date(),
    },
  );
  try {
    const minted = Array.from({ length: count }, (_, n) =>
      mintApiKey(ctx, { name: `Bench ${n + 1}`, scopes: ['*'] }),
    );
    return (await Promise.all(minted)).map(({ secret }) => secret);
  } finally {
    table.close();
  }
}
