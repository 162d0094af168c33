import type { CertificateAuthority } from '#shared/core/certificate-authority.ts';
import type { Context } from '#shared/core/context.ts';
import type { Files } from '#shared/core/files.ts';
import { makeId, makeSecret } from '#shared/core/ids.ts';
import type { Log } from '#shared/core/log.ts';
import type { Mail } from '#shared/core/mail.ts';
import type { Sockets } from '#shared/core/sockets.ts';
import type { Table } from '#shared/core/table.ts';
import type { TrafficLog } from '#shared/core/traffic-log.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import type { TaskMessage } from '#shared/events/task.ts';

/** What a deployment gives its handlers. The cloud's is made from the environment; the local host sets its own. */
export interface Runtime {
  readonly table: Table;
  readonly sockets: Sockets;
  readonly log: Log;
  readonly traffic: TrafficLog;
  readonly urls: Context['urls'];
  /** Signs paging cursors. */
  readonly cursorKey: () => Promise<string>;
  readonly files: Files;
  /** Signs the URLs of files; the edge has it too. */
  readonly filesKey: () => Promise<string>;
  readonly mail: Mail;
  /** Issues the certificates of chargers. */
  readonly ca: CertificateAuthority;
  /** The header value that proves a request came through the edge; undefined where there is no edge. */
  readonly originSecret: () => Promise<string | undefined>;
  /** Publish to the event bus, which fans out to the subscribers' queues. */
  publish(events: readonly EventEnvelope[]): Promise<void>;
  /** Put tasks on their queues, each delayed until its `at` (or as long as the queue allows). */
  enqueue(tasks: readonly TaskMessage[]): Promise<void>;
  now(): Date;
}

let current: Runtime | undefined;
let make: (() => Runtime) | undefined;

/** The local host and the deploy test put theirs in place before any handler runs. */
export function useRuntime(runtime: Runtime): void {
  current = runtime;
}
/** How the cloud's runtime is made, on the first call and never at import. */
export function provideRuntime(factory: () => Runtime): void {
  make ??= factory;
}
export function runtime(): Runtime {
  current ??= make?.();
  if (!current)
    throw new Error('No runtime: call useRuntime or import shared/aws/cloud-runtime.ts');
  return current;
}

/** A context of this runtime, for one request, message or task. */
export function contextOf(
  who: Pick<Context, 'tenantId' | 'livemode' | 'actor' | 'cause'>,
  from: Runtime = runtime(),
): Context {
  return {
    ...who,
    table: from.table,
    sockets: from.sockets,
    log: from.log,
    traffic: from.traffic,
    urls: from.urls,
    cursorKey: from.cursorKey,
    files: from.files,
    filesKey: from.filesKey,
    mail: from.mail,
    ca: from.ca,
    now: () => from.now(),
    newId: (prefix) => makeId(prefix, from.now()),
    newSecret: makeSecret,
  };
}
