import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { SocketApi } from '#local/socket-api.ts';
import { SocketConnection, socketLimits } from '#local/socket-connection.ts';
import { Sockets } from '#local/sockets.ts';
import { RecordingLog } from '#test/support/recording-log.ts';

/** A socket as the live gateway has it, and the client at its other end. */
async function aConnection() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  const client = new WebSocket(`ws://127.0.0.1:${address.port}`);
  const [[socket, { socket: stream }]] = await Promise.all([
    once(server, 'connection'),
    once(client, 'open'),
  ]);
  onTestFinished(() => {
    client.terminate();
    server.close();
  });
  const facts = {
    ...{ api: 'live', connectionId: 'slow', connectedAt: 0 },
    ...{ domainName: '127.0.0.1', sourceIp: '127.0.0.1' },
  };
  const sockets = new Sockets();
  sockets.add(
    'slow',
    new SocketConnection(socket, stream, {
      api: new SocketApi('live'),
      facts,
      caller: {},
      limits: socketLimits,
      log: new RecordingLog(),
      onEnd: () => {},
    }),
  );
  return { sockets, client };
}

it('takes no more for a client that does not read, and goes on when it does', async () => {
  const { sockets, client } = await aConnection();
  client.pause();
  const text = 'x'.repeat(64 * 1024);
  let sent = 0;
  const fill = async () => {
    for (; sent < 1000; sent++) await sockets.send('slow', text);
  };
  await expect(fill()).rejects.toThrow('does not read');
  let read = 0;
  const all = new Promise<void>((resolve) => {
    client.on('message', () => {
      read++;
      if (read === sent) resolve();
    });
  });
  client.resume();
  await all;
  expect(await sockets.send('slow', 'again')).toBe('sent');
});
