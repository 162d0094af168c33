import type { IncomingMessage } from 'node:http';
import type { Context } from '#shared/core/context.ts';

/** The library makes its own of a request; which of ours it is comes along beside it. */
const contexts = new WeakMap<object, Context>();

export const bringContext = (request: object, ctx: Context): void => {
  contexts.set(request, ctx);
};

/** The context of this very request. */
export function contextOfRequest(request: IncomingMessage): Context {
  const ctx = contexts.get(request);
  if (!ctx) throw new Error('This request came without its context');
  return ctx;
}
