import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { loadEndpoints, loadJobs, loadSubscribers, loadWorkers } from '#lib/registry.ts';
import { LocalAuthority } from '#local/authority.ts';
import { type DataFolder, takeDataFolder } from '#local/data-folder.ts';
import { fakeProvisioning, isFakeProvisioning } from '#local/fake-provisioning.ts';
import { FileServer, isFileRequest } from '#local/file-server.ts';
import { FileStore } from '#local/file-store.ts';
import { keptSecret, openHostDatabase } from '#local/host-database.ts';
import { LOOPBACK, listen } from '#local/listen.ts';
import { mailFolder } from '#local/mail-folder.ts';
import { Pumps } from '#local/pumps.ts';
import { Queues } from '#local/queues.ts';
import { RestGateway } from '#local/rest-gateway.ts';
import { localRuntime } from '#local/runtime.ts';
import { sandbox } from '#local/sandbox.ts';
import { sandboxIsFree } from '#local/sandbox-is-free.ts';
import { listenSecurely, type SecureServer } from '#local/secure-listener.ts';
import { seed } from '#local/seed.ts';
import type { Served } from '#local/served.ts';
import { Simulators } from '#local/simulators.ts';
import { SocketApi } from '#local/socket-api.ts';
import { type SocketLimits, socketLimits } from '#local/socket-connection.ts';
import { SocketGateway } from '#local/socket-gateway.ts';
import { Sockets } from '#local/sockets.ts';
import { useRuntime } from '#shared/aws/runtime.ts';
import type { Log } from '#shared/core/log.ts';
import type { Letter } from '#shared/core/mail.ts';
import { SqliteTable } from '#shared/db/sqlite-table.ts';
import { SqliteTrafficLog } from '#shared/db/sqlite-traffic-log.ts';

export interface HostOptions {
  /** The next free one where it is taken; 0 is any. */
  readonly port: number;
  readonly dataDir: string;
  /** Where TLS is spoken besides, the next free one where it is taken; nowhere where left out. */
  readonly tlsPort?: number | undefined;
  /** Roots of other authorities whose client certificates may come in, PEM. */
  readonly trusted?: readonly string[];
  readonly reset?: boolean;
  readonly simulators?: boolean;
  /** Simulated charging runs this many times faster. */
  readonly speed?: number;
  readonly limits?: Partial<SocketLimits>;
  readonly log: Log;
  readonly onServed?: (served: Served) => void;
  readonly onMail?: (letter: Letter, file: string) => void;
  readonly onCharger?: (identity: string, news: string) => void;
}

export interface Host {
  readonly port: number;
  readonly api: string;
  readonly ocpp: string;
  readonly live: string;
  /** Where chargers come in over TLS, and the certificate they must trust; where it was asked for. */
  readonly tls: { readonly ocpp: string; readonly rootFile: string } | undefined;
  /** Resolves when every simulated charger can take a car, or after `withinMs`. */
  chargersFree(withinMs: number): Promise<void>;
  /** Ends everything in order; what is queued waits for the next start. */
  close(): Promise<void>;
}

const GOING_AWAY = 1001;
/** Longer than clients keep theirs, so that none is closed under a request. */
const KEEP_ALIVE_MS = 75_000;

/** As much as CloudFront takes; past it Node answers 431 by itself. */
const MAX_HEADER_BYTES = 32 * 1024;

/** Clients that offer HTTP/2 by an upgrade (Java's does) get their answer over HTTP/1.1. */
const isWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket';

/** The whole platform in this process: gateways, functions, queues and, if wanted, chargers. One per process. */
export async function startHost(options: HostOptions): Promise<Host> {
  const folder = takeDataFolder(options.dataDir, { reset: options.reset ?? false });
  try {
    const table = new SqliteTable({ path: folder.database, now: () => new Date() });
    const database = openHostDatabase(folder.database);
    const traffic = new SqliteTrafficLog({ path: folder.database, now: () => new Date() });
    const server = createServer({
      shouldUpgradeCallback: isWebSocket,
      maxHeaderSize: MAX_HEADER_BYTES,
    });
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    const port = await listen(server, options.port);
    const authority = new LocalAuthority(folder.authority);
    const secure = await listenSecurely(options, authority, isWebSocket);
    if (secure) secure.server.keepAliveTimeout = KEEP_ALIVE_MS;
    const ground = { folder, table, database, traffic, server, port, authority, secure };
    return await run(options, ground);
  } catch (error) {
    folder.release();
    throw error;
  }
}

interface Ground {
  readonly folder: DataFolder;
  readonly table: SqliteTable;
  readonly database: DatabaseSync;
  readonly traffic: SqliteTrafficLog;
  readonly server: Server;
  readonly port: number;
  readonly authority: LocalAuthority;
  readonly secure: SecureServer | undefined;
}

async function run(options: HostOptions, ground: Ground): Promise<Host> {
  const { folder, table, database, traffic, server, port, authority, secure } = ground;
  const { log, onServed = () => {}, onCharger = () => {} } = options;
  const [endpoints, subscribers, workers, jobs] = await Promise.all([
    loadEndpoints(),
    loadSubscribers(),
    loadWorkers(),
    loadJobs(),
  ]);
  const queues = new Queues(database);
  const sockets = { ocpp: new Sockets(), live: new Sockets() };
  const originSecret = keptSecret(database, 'origin-secret', () =>
    randomBytes(32).toString('base64url'),
  );
  const filesKey = keptSecret(database, 'files-key', () => randomBytes(32).toString('base64url'));
  const host = `${LOOPBACK}:${port}`;
  const store = new FileStore({
    folder: folder.files,
    database,
    key: filesKey,
    base: `http://${host}`,
  });
  const runtime = localRuntime({
    table,
    database,
    traffic,
    queues,
    subscribers: subscribers.map(({ value }) => value),
    sockets,
    log,
    files: store,
    filesKey,
    mail: mailFolder(folder.mail, options.onMail),
    ca: authority,
    originSecret,
    host,
    secureHost: secure && `${LOOPBACK}:${secure.port}`,
  });
  useRuntime(runtime);
  await seed(runtime);
  const rest = new RestGateway({ endpoints, originSecret, log, onServed });
  const gateway = new SocketGateway({
    apis: new Map(
      Object.entries(sockets).map(([id, open]) => [id, { api: new SocketApi(id), sockets: open }]),
    ),
    limits: { ...socketLimits, ...options.limits },
    originSecret,
    log,
    onServed,
  });
  const pumps = new Pumps({ table, queues, log, subscribers, workers, jobs });
  const files = new FileServer({ store, key: filesKey, log, onServed });
  const provisioning = fakeProvisioning(onServed);
  const servers = secure ? [server, secure.server] : [server];
  for (const each of servers)
    each
      .on('request', (request, response) =>
        isFakeProvisioning(request)
          ? provisioning(request, response)
          : (isFileRequest(request) ? files : rest).handle(request, response),
      )
      .on('upgrade', gateway.handle);
  pumps.start();
  folder.announce(runtime.urls.api);
  const ocpp = `${runtime.urls.ocpp}/${sandbox.organization}`;
  const { speed = 1 } = options;
  const simulators =
    options.simulators === false
      ? undefined
      : new Simulators({ database, url: ocpp, speed, onNews: onCharger });
  let closing: Promise<void> | undefined;
  const stop = async () => {
    for (const each of servers) each.close();
    await simulators?.close();
    await gateway.close(GOING_AWAY, 'The host stops');
    await Promise.all([rest.drained(), files.drained()]);
    await pumps.stop();
    for (const each of servers) each.closeAllConnections();
    traffic.close();
    database.close();
    table.close();
    folder.release();
  };
  const close = () => {
    closing ??= stop();
    return closing;
  };
  const chargersFree = (withinMs: number) =>
    simulators ? sandboxIsFree(runtime, simulators, withinMs) : Promise.resolve();
  const secureOcpp = secure && `wss://${LOOPBACK}:${secure.port}/ocpp/${sandbox.organization}`;
  const tls = secureOcpp ? { ocpp: secureOcpp, rootFile: authority.rootFile } : undefined;
  return { ...runtime.urls, port, ocpp, tls, chargersFree, close };
}
