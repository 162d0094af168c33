import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { onBehalfOfOutbox } from '#shared/events/on-behalf.ts';
import { Outbox } from '#shared/events/recorded.ts';
import type { ReaderPorts } from '#shared/events/stream-reader.ts';
import { LiveConnection } from '#shared/live/connection.ts';
import { greet } from '#shared/live/greet.ts';
import { type Audience, push, pushesOf } from '#shared/live/push.ts';

interface Row {
  readonly n: number;
  readonly item: Item;
  readonly outbox: Outbox;
}

/**
 * Pushes what a batch of rows recorded to the sockets that listen, each in order, and then greets the
 * connections that are new in it: what happened before a greeting is in its snapshot.
 */
export async function readForLive(
  items: readonly Item[],
  ports: ReaderPorts,
): Promise<ReadonlyMap<number, unknown>> {
  const failures = new Map<number, unknown>();
  const rows = items.flatMap((item, n): Row[] => {
    const outbox = item['outbox'] === undefined ? undefined : Outbox.safeParse(item['outbox']);
    if (outbox?.error) failures.set(n, outbox.error);
    return outbox?.success ? [{ n, item, outbox: outbox.data }] : [];
  });
  const audience: Audience = new Map();
  const found = await Promise.all(
    rows.map(async ({ n, outbox }) => {
      const ctx = ports.contextFor(onBehalfOfOutbox(outbox));
      try {
        return (await pushesOf(ctx, outbox, audience)).map((each) => ({ ...each, n, ctx }));
      } catch (error) {
        failures.set(n, error);
        return [];
      }
    }),
  );
  const perConnection = Map.groupBy(found.flat(), ({ to }) => to.connection_id);
  await attempt([...perConnection.values()], failures, ([first, ...rest]) =>
    first ? push(first.ctx, [first, ...rest], ports.pause) : undefined,
  );
  await attempt(
    rows.filter(isConnection).map((row) => [row]),
    failures,
    ([row]) =>
      row &&
      greet(ports.contextFor(onBehalfOfOutbox(row.outbox)), idOf(row), { pause: ports.pause }),
  );
  return failures;
}

/** Does all at once. What fails is told of the first row it was about: it comes again from there. */
async function attempt<T extends { readonly n: number }>(
  groups: readonly (readonly T[])[],
  failures: Map<number, unknown>,
  work: (group: readonly T[]) => Promise<void> | undefined,
): Promise<void> {
  const results = await Promise.allSettled(groups.map(work));
  for (const [i, result] of results.entries()) {
    const n = groups[i]?.[0]?.n;
    if (result.status === 'rejected' && n !== undefined && !failures.has(n))
      failures.set(n, result.reason);
  }
}

const idOf = ({ item }: Row): string => LiveConnection.parse(item).connection_id;

const isConnection = ({ item }: Row): boolean => {
  const id = item['connection_id'];
  return typeof id === 'string' && keys.liveConnection(id).pk === item.pk;
};
