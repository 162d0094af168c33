import { LocalAuthority } from '#local/authority.ts';
import { takeDataFolder } from '#local/data-folder.ts';
import { FileStore } from '#local/file-store.ts';
import { openHostDatabase } from '#local/host-database.ts';
import { Queues } from '#local/queues.ts';
import { localRuntime } from '#local/runtime.ts';
import { Sockets } from '#local/sockets.ts';
import type { Runtime } from '#shared/aws/runtime.ts';
import { SqliteTable } from '#shared/db/sqlite-table.ts';
import { SqliteTrafficLog } from '#shared/db/sqlite-traffic-log.ts';
import { RecordingLog } from '#test/support/recording-log.ts';

/** Puts things into a data folder as of another time, before a host starts on it. */
export async function prepareData(
  dataDir: string,
  at: Date,
  work: (runtime: Runtime) => Promise<void>,
): Promise<void> {
  const folder = takeDataFolder(dataDir);
  const now = () => at;
  const table = new SqliteTable({ path: folder.database, now });
  const database = openHostDatabase(folder.database);
  const traffic = new SqliteTrafficLog({ path: folder.database, now });
  try {
    const runtime = localRuntime({
      table,
      database,
      traffic,
      queues: new Queues(database),
      subscribers: [],
      sockets: { ocpp: new Sockets(), live: new Sockets() },
      files: new FileStore({ folder: folder.files, database, key: 'unused', base: '' }),
      filesKey: 'unused',
      mail: { isOn: false, send: async () => 'off' },
      ca: new LocalAuthority(folder.authority),
      log: new RecordingLog(),
      originSecret: 'unused',
      host: '127.0.0.1',
    });
    await work({ ...runtime, now });
  } finally {
    traffic.close();
    database.close();
    table.close();
    folder.release();
  }
}
