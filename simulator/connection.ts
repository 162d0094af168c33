import { type ClientOptions, WebSocket } from 'ws';
import type { TlsOptions } from '#simulator/simulator-options.ts';

type ConnectionOptions = {
  url: string;
  identity: string;
  /** None at all where the charger offers none. */
  subprotocols: readonly string[];
  password: Uint8Array | null;
  tls: TlsOptions;
  onOpen(): void;
  onText(text: string): void;
  /** Called once, whether the connection stood before or never came about. */
  onClose(reason: string): void;
};

/** One attempt at a connection, and the connection that comes of it. */
export type Connection = {
  send(data: string | Uint8Array): void;
  ping(): void;
  hangUp(abrupt: boolean): void;
  /** Closes and waits until both sides are done, or `patienceMs` have passed. */
  close(patienceMs: number): Promise<void>;
};

/** The address of a charger: the endpoint, a slash, and its identity in percent-encoding [1.6J section 3.1.1]. */
const chargerUrl = (base: string, identity: string): string =>
  `${base.replace(/\/+$/, '')}/${encodeURIComponent(identity)}`;

/** Basic authentication with a password of bytes, not of text [1.6J section 6.2.1]. */
function basicAuth(identity: string, password: Uint8Array): string {
  const pair = Buffer.concat([Buffer.from(`${identity}:`), password]);
  return `Basic ${pair.toString('base64')}`;
}

function socketOptions({ identity, password, tls }: ConnectionOptions): ClientOptions {
  const { ca, ...rest } = tls;
  return {
    perMessageDeflate: false,
    handshakeTimeout: 15_000,
    ...(password ? { headers: { authorization: basicAuth(identity, password) } } : {}),
    ...rest,
    ...(ca ? { ca: typeof ca === 'string' ? ca : [...ca] } : {}),
  };
}

export function openConnection(options: ConnectionOptions): Connection {
  const url = chargerUrl(options.url, options.identity);
  const socket = new WebSocket(url, [...options.subprotocols], socketOptions(options));
  let failure = '';
  let answersPings = true;
  socket.on('open', options.onOpen);
  socket.on('message', (data, isBinary) => {
    if (!isBinary) options.onText(data.toString());
  });
  socket.on('pong', () => {
    answersPings = true;
  });
  socket.on('error', (error) => {
    failure = error.message;
  });
  socket.on('close', (code, reason) => options.onClose(failure || `${code} ${reason}`.trim()));
  return {
    send: (data) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(data, () => {});
    },
    ping: () => {
      if (socket.readyState !== WebSocket.OPEN) return;
      if (!answersPings) return socket.terminate();
      answersPings = false;
      socket.ping();
    },
    hangUp: (abrupt) => (abrupt ? socket.terminate() : socket.close(1000)),
    close: (patienceMs) => closed(socket, patienceMs),
  };
}

function closed(socket: WebSocket, patienceMs: number): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const impatient = setTimeout(() => socket.terminate(), patienceMs);
    socket.once('close', () => {
      clearTimeout(impatient);
      resolve();
    });
    if (socket.readyState === WebSocket.OPEN) socket.close(1000);
    else socket.terminate();
  });
}
