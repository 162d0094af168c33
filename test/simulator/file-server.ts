import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

type Put = { path: string; body: string };

/** A small server of files: it hands some out, takes others in, and refuses what it is told to. */
export class FileServer {
  readonly files = new Map<string, Buffer>();
  readonly puts: Put[] = [];
  readonly asked: string[] = [];
  /** The status to refuse every upload with. */
  refuseWith: number | null = null;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => this.#serve(request, response));
  }

  static async start(): Promise<FileServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FileServer(server);
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    this.asked.push(path);
    if (request.method === 'PUT') {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      response.statusCode = this.refuseWith ?? 200;
      if (!this.refuseWith) this.puts.push({ path, body });
      response.end();
      return;
    }
    const file = this.files.get(path);
    response.statusCode = file ? 200 : 404;
    response.end(file ?? 'none');
  }
}
