import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import type { Table } from '#shared/core/table.ts';
import { SqliteTable } from '#shared/db/sqlite-table.ts';
import { startDynamoDbLocal } from '#test/support/dynamodb-local.ts';

/** A table for one test. `pk` makes partitions no other test has; the clock stands until it is set. */
export interface Desk {
  readonly table: Table;
  readonly pk: (name: string) => string;
  /** Unix seconds. */
  readonly clock: { seconds: number };
}
export type OpenDesk = () => Desk;

/** Something that implements the port. `start` answers how to open desks on it. */
export interface Engine {
  readonly name: string;
  readonly start: () => Promise<{ open: OpenDesk; stop: () => void }>;
}

let desks = 0;

function desk(tableAt: (now: () => Date) => Table): Desk {
  desks += 1;
  const own = desks;
  const clock = { seconds: 1_780_000_000 };
  return { table: tableAt(() => new Date(clock.seconds * 1000)), pk: (n) => `d${own}#${n}`, clock };
}

export const sqliteInMemory: Engine = {
  name: 'SqliteTable in memory',
  start: async () => ({
    open: () => desk((now) => new SqliteTable({ path: ':memory:', now })),
    stop: () => {},
  }),
};

export const sqliteInFile: Engine = {
  name: 'SqliteTable in a file',
  start: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'contract-'));
    const open = () =>
      desk((now) => {
        const table = new SqliteTable({ path: join(folder, `${desks}.db`), now });
        onTestFinished(() => table.close());
        return table;
      });
    return { open, stop: () => rmSync(folder, { recursive: true, force: true }) };
  },
};

export const dynamoDbLocal: Engine = {
  name: 'DynamoTable on DynamoDB Local',
  start: async () => {
    const tableName = 'contract';
    const { client, stop } = await startDynamoDbLocal(tableName);
    return { open: () => desk((now) => new DynamoTable({ client, tableName, now })), stop };
  },
};
