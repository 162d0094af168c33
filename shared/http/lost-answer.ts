import * as z from 'zod';
import type { Aggregate, Context, Marker } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import type { Key } from '#shared/core/table.ts';
import type { Endpoint, HttpReply } from '#shared/http/endpoint.ts';
import { replyOf } from '#shared/http/reply.ts';

/** The outcome of an attempt. One that is not final (5xx, or worth a repeat) is not kept. */
export interface Attempt {
  readonly reply: HttpReply;
  readonly final: boolean;
}
/** The answer to what was done, made anew. */
export type Recall = (done: Aggregate) => Promise<HttpReply>;

/** How a request is carried out, and answered again where it was done and its answer got lost. */
export interface Work {
  readonly attempt: (within: Context) => Promise<Attempt>;
  readonly recall: Recall | undefined;
  readonly doneWith: string | undefined;
}

/** What a request was first to change, in its idempotency row: written in the transaction of that change. */
export const Mark = z.object({
  done_kind: z.string().optional(),
  done_id: z.string().optional(),
});

export const doneBy = ({
  done_kind: kind,
  done_id: id,
}: z.infer<typeof Mark>): Aggregate | undefined =>
  kind === undefined || id === undefined ? undefined : { kind, id };

/** The first change of an attempt leaves its mark; one that has lost the key to a repeat changes nothing. */
export function markerOf(key: Key, lock: string, doneWith: string | undefined): Marker {
  let isSeen = false;
  return {
    writes: ({ kind, id }) =>
      isSeen || kind !== (doneWith ?? kind)
        ? []
        : [{ op: 'update', key, set: { done_kind: kind, done_id: id }, when: { lock } }],
    seen: ({ kind }) => {
      isSeen ||= kind === (doneWith ?? kind);
    },
  };
}

/** How an endpoint answers again; undefined for one that may be done again. */
export function recallOf(
  endpoint: Endpoint,
  ctx: Context,
  input: Parameters<Endpoint['handle']>[0],
): Recall | undefined {
  // Where nothing is answered, nothing can be lost.
  const { recall = endpoint.status === 204 ? async () => undefined : undefined } = endpoint;
  if (!recall) return undefined;
  return async (done) => {
    if (recall === 'secret') throw unrepeatable();
    return replyOf(endpoint, await recall(ctx, done, input));
  };
}

export const unrepeatable = () =>
  new AppError('conflict', 'This was done already; its answer could not be kept.');
