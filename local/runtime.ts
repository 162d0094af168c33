import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { enqueue, publish } from '#local/bus.ts';
import { keptSecret } from '#local/host-database.ts';
import type { Queues } from '#local/queues.ts';
import type { Runtime } from '#shared/aws/runtime.ts';
import type { CertificateAuthority } from '#shared/core/certificate-authority.ts';
import type { Files } from '#shared/core/files.ts';
import type { Log } from '#shared/core/log.ts';
import type { Mail } from '#shared/core/mail.ts';
import type { Sockets } from '#shared/core/sockets.ts';
import type { Table } from '#shared/core/table.ts';
import type { TrafficLog } from '#shared/core/traffic-log.ts';
import type { Subscriber } from '#shared/events/subscriber.ts';

export interface LocalParts {
  readonly table: Table;
  readonly database: DatabaseSync;
  readonly traffic: TrafficLog;
  readonly queues: Queues;
  readonly files: Files;
  readonly filesKey: string;
  readonly mail: Mail;
  readonly ca: CertificateAuthority;
  readonly originSecret: string;
  /** `127.0.0.1:8443`, where there is a TLS listener. */
  readonly secureHost?: string | undefined;
  readonly subscribers: readonly Subscriber[];
  readonly sockets: Sockets;
  readonly log: Log;
  /** `127.0.0.1:8080` */
  readonly host: string;
}

/** What the handlers are given here in place of the cloud's clients. */
export function localRuntime(parts: LocalParts): Runtime {
  const { table, database, traffic, queues, subscribers, sockets, log, host } = parts;
  const { files, filesKey, mail, ca, originSecret, secureHost } = parts;
  const cursorKey = keptSecret(database, 'cursor-key', () => randomBytes(32).toString('base64url'));
  return {
    table,
    sockets,
    log,
    traffic,
    urls: {
      api: `http://${host}`,
      ocpp: `ws://${host}/ocpp`,
      live: `ws://${host}/live`,
      ...(secureHost ? { secureOcpp: `wss://${secureHost}/ocpp`, clientCertificates: true } : {}),
    },
    cursorKey: async () => cursorKey,
    files,
    filesKey: async () => filesKey,
    mail,
    ca,
    originSecret: async () => originSecret,
    publish: async (events) => publish(queues, subscribers, events, Date.now()),
    enqueue: async (tasks) => enqueue(queues, tasks, Date.now()),
    now: () => new Date(),
  };
}
