import { certificateAuthority } from '#shared/aws/authority-provider.ts';
import { cloudLog } from '#shared/aws/cloud-log.ts';
import { type Config, need, type Setting } from '#shared/aws/config.ts';
import { dynamoTable } from '#shared/aws/dynamo-table.ts';
import { fileStore } from '#shared/aws/file-provider.ts';
import { mailFrom } from '#shared/aws/mail-provider.ts';
import { urlsAt } from '#shared/aws/public-urls.ts';
import type { Runtime } from '#shared/aws/runtime.ts';
import type { Files } from '#shared/core/files.ts';
import type { Mail } from '#shared/core/mail.ts';
import type { SocketSender } from '#shared/core/sockets.ts';
import type { TrafficLog } from '#shared/core/traffic-log.ts';

/** The ways out that only the stream's readers and the workers have. */
export type Outlets = Pick<Runtime, 'publish' | 'enqueue'>;

const NO_OUTLETS: Outlets = {
  publish: () => Promise.reject(new Error('Only functions that read the stream publish')),
  enqueue: () => Promise.reject(new Error('Only functions that read the stream enqueue')),
};

/** The runtime of a Lambda. Every client but the table's is loaded when it is first used. */
export function cloudRuntime(config: Config, outlets: Outlets = NO_OUTLETS): Runtime {
  const cursorKey = lazySecret(config, 'CURSOR_KEY_SECRET');
  const originSecret = lazySecret(config, 'ORIGIN_SECRET');
  const filesKey = lazySecret(config, 'FILES_KEY_SECRET');
  return {
    table: dynamoTable(config.TABLE_NAME),
    sockets: { ocpp: sender(config, 'OCPP_ENDPOINT'), live: sender(config, 'LIVE_ENDPOINT') },
    log: cloudLog(config.DEPLOYMENT, process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? 'chargespot'),
    traffic: traffic(config),
    urls: urlsAt(config.PUBLIC_HOST ?? 'localhost', config.CLIENT_CERTIFICATES === 'on'),
    cursorKey,
    files: files(config),
    filesKey,
    mail: mail(config),
    ca: {
      issueCertificate: async (order) => (await certificateAuthority()).issueCertificate(order),
    },
    originSecret: async () => (config.ORIGIN_SECRET ? originSecret() : undefined),
    ...outlets,
    now: () => new Date(),
  };
}

function lazySecret(config: Config, setting: Setting): () => Promise<string> {
  const reader = lazily(async () => {
    const { secretReader } = await import('#shared/aws/secret.ts');
    return secretReader(need(config, setting));
  });
  return async () => (await reader())();
}

function sender(config: Config, setting: Setting): SocketSender {
  const made = lazily(async () => {
    const { postToConnection } = await import('#shared/aws/post-to-connection.ts');
    return postToConnection(need(config, setting));
  });
  return {
    send: async (connectionId, text) => (await made()).send(connectionId, text),
    close: async (connectionId) => (await made()).close(connectionId),
  };
}

function traffic(config: Config): TrafficLog {
  const made = lazily(async () => {
    const { cloudwatchTrafficLog } = await import('#shared/aws/cloudwatch-traffic-log.ts');
    return cloudwatchTrafficLog(need(config, 'TRAFFIC_LOG_GROUP'));
  });
  return {
    append: async (log, lines) => (await made()).append(log, lines),
    newest: async (log, range) => (await made()).newest(log, range),
  };
}

function files(config: Config): Files {
  const made = lazily(() => fileStore(need(config, 'FILES_BUCKET')));
  return {
    acceptExactly: async (path, bytes, seconds) =>
      (await made()).acceptExactly(path, bytes, seconds),
    head: async (path) => (await made()).head(path),
  };
}

function mail({ MAIL_FROM: from }: Config): Mail {
  if (from === undefined) return { isOn: false, send: async () => 'off' };
  const made = lazily(() => mailFrom(from));
  return { isOn: true, send: async (letter) => (await made())(letter) };
}

/** Made once, on the first call. */
export function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
