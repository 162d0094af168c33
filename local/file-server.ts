import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type ByteRange, readRange } from '#local/byte-range.ts';
import { fileEdge } from '#local/file-edge.ts';
import { type FileStore, OtherBytes } from '#local/file-store.ts';
import type { Served } from '#local/served.ts';
import { UnderWay } from '#local/under-way.ts';
import type { FileBytes } from '#shared/core/files.ts';
import type { Log } from '#shared/core/log.ts';

export interface FileServerOptions {
  readonly store: FileStore;
  readonly key: string;
  readonly log: Log;
  readonly onServed: (served: Served) => void;
}

/** Under this path files go in and out, past the functions. */
export const isFileRequest = ({ url = '' }: IncomingMessage): boolean => url.startsWith('/files/');

/** The edge and the store of files behind it: uploads and downloads by signed URLs. */
export class FileServer {
  readonly #options: FileServerOptions;
  readonly #edge: ReturnType<typeof fileEdge>;
  readonly #underWay = new UnderWay();

  constructor(options: FileServerOptions) {
    this.#options = options;
    this.#edge = fileEdge(options.key);
  }

  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    this.#underWay.add(this.#serve(request, response));
  };

  /** Resolves when every file under way is through. */
  drained(): Promise<void> {
    return this.#underWay.drained();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const since = performance.now();
    try {
      await this.#answer(request, response);
    } catch (error) {
      if (error instanceof OtherBytes) end(response, 400);
      // A client that has gone needs no answer, and is no failure of ours.
      else if (request.errored || response.destroyed) response.destroy();
      else {
        this.#options.log.error('A file could not be served', { path: pathOf(request), error });
        if (response.headersSent) response.destroy();
        else end(response, 500);
      }
    }
    const ms = Math.round(performance.now() - since);
    const { method = 'GET' } = request;
    const path = pathOf(request).replace(/\.[\w-]{43}\//, '.…/');
    this.#options.onServed({ method, path, status: response.statusCode, ms });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (pathOf(request).startsWith('/files/exact/')) return this.#takeExactly(request, response);
    const verdict = this.#edge(request);
    if ('refusal' in verdict) return refuse(request, response, verdict.refusal);
    if (request.method === 'GET' || request.method === 'HEAD')
      return this.#give(request, response, verdict.path);
    if (request.method === 'POST')
      this.#options.log.warn('An upload by POST: the store of the cloud takes PUT alone', {
        path: verdict.path,
      });
    return this.#take(request, response, verdict.path);
  }

  async #takeExactly(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exact = this.#options.store.readExact(pathOf(request));
    const isFit = exact && Number(request.headers['content-length']) === exact.bytes.size;
    if (request.method !== 'PUT' || !isFit) return refuse(request, response, exact ? 400 : 403);
    return this.#take(request, response, exact.path, exact.bytes);
  }

  async #take(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    bytes?: FileBytes,
  ): Promise<void> {
    await this.#options.store.put(path, request, bytes);
    end(response, 200);
  }

  async #give(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const facts = await this.#options.store.head(path);
    if (!facts) return end(response, 404);
    const etag = `"${facts.sha256}"`;
    const condition = request.headers['if-range'];
    const isSame = condition === undefined || condition === etag;
    const asked = isSame ? readRange(request.headers.range, facts.size) : undefined;
    response.setHeader('Accept-Ranges', 'bytes').setHeader('ETag', etag);
    if (asked === 'unsatisfiable') {
      response.setHeader('Content-Range', `bytes */${facts.size}`);
      return end(response, 416);
    }
    const range: ByteRange = asked ?? { start: 0, end: facts.size - 1 };
    if (asked)
      response.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${facts.size}`);
    response.writeHead(asked ? 206 : 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': range.end - range.start + 1,
      'Last-Modified': new Date(facts.storedAt).toUTCString(),
    });
    if (request.method === 'HEAD') return void response.end();
    await pipeline(this.#options.store.read(path, range), response);
  }
}

const pathOf = ({ url = '/' }: IncomingMessage) => url.split('?', 1)[0] ?? '/';

/** Says no at once; what still comes of the body is nobody's, so the connection ends with it. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  const hasBody = Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody) response.setHeader('Connection', 'close');
  end(response, status);
  if (hasBody) request.resume();
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Length': 0 }).end();
}
