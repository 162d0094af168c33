import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { type Host, type HostOptions, startHost } from '#local/host.ts';
import { sandbox } from '#local/sandbox.ts';
import { RecordingLog } from '#test/support/recording-log.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

/** The local host in this process, without simulators, gone with the test. One at a time. */
export async function aHost(options: Partial<HostOptions> = {}): Promise<Host> {
  const dataDir = temporaryFolder();
  const log = new RecordingLog();
  const host = await startHost({ port: 0, dataDir, simulators: false, log, ...options });
  onTestFinished(() => host.close());
  return host;
}

/** A call of the REST API with the sandbox's key. */
export const call = (host: Host, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(host.api + path, {
    ...init,
    headers: {
      Authorization: `Bearer ${sandbox.apiKey}`,
      'Content-Type': 'application/json',
      ...init.headers,
    },
  });

/** The status a handshake is answered with; 101 when the socket opens. */
export function handshake(
  url: string,
  { protocols = ['ocpp1.6'], headers = {} }: { protocols?: string[]; headers?: object } = {},
): Promise<{ status: number; socket: WebSocket }> {
  const socket = new WebSocket(url, protocols, { headers: { ...headers } });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve({ status: 101, socket }));
    socket.once('unexpected-response', (_request, response) => {
      resolve({ status: response.statusCode ?? 0, socket });
      socket.on('error', () => {});
      socket.terminate();
    });
    socket.once('error', reject);
  });
}

/** The code a socket is closed with. */
export const closed = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.once('close', resolve));

/** The next frame, as JSON. */
export const nextFrame = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))));
