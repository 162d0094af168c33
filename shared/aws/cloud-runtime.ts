import { cloudLog } from '#shared/aws/cloud-log.ts';
import { type Config, need, readConfig, type Setting } from '#shared/aws/config.ts';
import { dynamoTable } from '#shared/aws/dynamo-table.ts';
import { urlsAt } from '#shared/aws/public-urls.ts';
import { provideRuntime, type Runtime } from '#shared/aws/runtime.ts';
import type { SocketSender } from '#shared/core/sockets.ts';

/** The runtime of a Lambda. Every client but the table's is loaded when it is first used. */
export function cloudRuntime(config: Config): Runtime {
  const publish = lazily(async () =>
    (await import('#shared/aws/event-bus.ts')).eventBus(need(config, 'EVENT_BUS')),
  );
  const enqueue = lazily(async () =>
    (await import('#shared/aws/task-queues.ts')).taskQueues(need(config, 'TASK_QUEUE_URL_PREFIX')),
  );
  const secretOf = (setting: Setting) =>
    lazily(async () => (await import('#shared/aws/secret.ts')).secretReader(need(config, setting)));
  const cursorKey = secretOf('CURSOR_KEY_SECRET');
  const originSecret = secretOf('ORIGIN_SECRET');
  return {
    table: dynamoTable(config.TABLE_NAME),
    sockets: { ocpp: sender(config, 'OCPP_ENDPOINT'), live: sender(config, 'LIVE_ENDPOINT') },
    log: cloudLog(process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? 'chargespot'),
    urls: urlsAt(config.PUBLIC_HOST ?? 'localhost'),
    cursorKey: async () => (await cursorKey())(),
    originSecret: async () => (config.ORIGIN_SECRET ? (await originSecret())() : undefined),
    publish: async (events) => (await publish())(events),
    enqueue: async (tasks) => (await enqueue())(tasks),
    now: () => new Date(),
  };
}

function sender(config: Config, setting: Setting): SocketSender {
  const made = lazily(async () =>
    (await import('#shared/aws/post-to-connection.ts')).postToConnection(need(config, setting)),
  );
  return {
    send: async (connectionId, text) => (await made()).send(connectionId, text),
    close: async (connectionId) => (await made()).close(connectionId),
  };
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

// The bundler puts this module into every Lambda; nothing is made before a handler asks.
provideRuntime(() => cloudRuntime(readConfig(process.env)));
