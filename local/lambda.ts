import { randomUUID } from 'node:crypto';

const repository = new URL('../', import.meta.url);

/** Loads and calls a function of functions/. The module is loaded on its first call, once. */
export interface Lambda {
  readonly name: string;
  /** Rejects with {@link LambdaTimeout} when there is no answer in time; the work itself goes on. */
  invoke(event: unknown): Promise<unknown>;
}

export class LambdaTimeout extends Error {
  override readonly name = 'LambdaTimeout';
}

type Handler = (event: unknown, context: object) => Promise<unknown>;

/** @param file path under functions/, e.g. `ocpp/connect.ts` */
export function lambda(file: string, timeoutMs = 29_000): Lambda {
  const name = file.replace(/\.ts$/, '').replaceAll('/', '-');
  let loaded: Promise<Handler> | undefined;
  return {
    name,
    async invoke(event) {
      loaded ??= load(file);
      const handler = await loaded;
      return within(timeoutMs, name, handler(event, contextOf(name, timeoutMs)));
    },
  };
}

async function load(file: string): Promise<Handler> {
  const url = new URL(`functions/${file}`, repository);
  const module: Record<string, unknown> = await import(url.href);
  const { handler } = module;
  if (!isHandler(handler)) throw new Error(`functions/${file} exports no handler`);
  return handler;
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

/** What of Lambda's context object handlers may look at. */
function contextOf(functionName: string, timeoutMs: number): object {
  const endsAt = performance.now() + timeoutMs;
  return {
    functionName,
    functionVersion: '$LATEST',
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(endsAt - performance.now())),
  };
}

async function within<T>(ms: number, name: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LambdaTimeout(`${name} took over ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
