import type { Server } from 'node:http';

export const LOOPBACK = '127.0.0.1';
const HIGHEST_PORT = 65_535;

/** Listens at the port, or at the next that is free; answers which. 0 is any. */
export async function listen(server: Server, wanted: number): Promise<number> {
  for (let port = wanted; port <= HIGHEST_PORT; port += 1) {
    if (await tryPort(server, port)) break;
    if (port === HIGHEST_PORT) throw new Error(`No port from ${wanted} on is free.`);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}

const tryPort = (server: Server, port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', failed);
    server.listen(port, LOOPBACK, () => {
      server.off('error', failed);
      resolve(true);
    });
  });
