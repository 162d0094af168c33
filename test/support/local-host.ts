import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod';
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

const Answer = z.tuple([z.union([z.literal(3), z.literal(4)]), z.string()]).rest(z.unknown());

/** The id of the next answer, result or error; the platform's own calls are passed over. */
export const nextAnswer = async (socket: WebSocket): Promise<string> =>
  (await answers(socket, 1))[0] ?? '';

/** The ids of the next `count` answers, in the order of their coming. */
export function answers(socket: WebSocket, count: number): Promise<string[]> {
  const ids: string[] = [];
  return new Promise((resolve) => {
    const hear = (data: unknown) => {
      const answer = Answer.safeParse(JSON.parse(String(data)));
      if (answer.success) ids.push(answer.data[1]);
      if (ids.length < count) return;
      socket.off('message', hear);
      resolve(ids);
    };
    socket.on('message', hear);
  });
}
