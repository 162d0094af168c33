import type { Actor } from '#shared/core/context.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { type Call, call, type Reply } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import { CountedIds } from '#test/support/counted-ids.ts';
import { type Change, UndoableTable } from '#test/support/isolation/undoable-table.ts';
import { RecordingSender, type SentFrame } from '#test/support/recording-sockets.ts';

/** All that a request did, before it was undone. */
export interface Attempt {
  readonly reply: Reply;
  /** But for what counts requests. */
  readonly changes: readonly Change[];
  readonly frames: readonly SentFrame[];
}

export const everything: Actor = { kind: 'api_key', id: 'key_test', scopes: ['*'] };
/** Of a credential that is restricted to a site. */
export const within = (site: string): Actor => ({ ...everything, siteIds: [site] });

/** Asks, and puts the world back as it was. The same request is answered the same, to the last byte. */
export async function attempt(
  world: TestContext,
  actor: Actor,
  endpoint: Endpoint,
  input: Call,
): Promise<Attempt> {
  const table = new UndoableTable(world.table);
  const [ocpp, live] = [new RecordingSender(), new RecordingSender()];
  const ids = new CountedIds();
  const { traffic } = world;
  const ctx = {
    ...world,
    actor,
    table,
    sockets: { ocpp, live },
    traffic: { append: async () => {}, newest: traffic.newest.bind(traffic) },
    newId: (prefix: string) => ids.id(prefix, world.now()),
    newSecret: (bytes: number) => ids.secret(bytes),
  };
  const reply = await call(ctx, endpoint, input);
  const changes = (await table.changes()).filter(({ key }) => !key.pk.startsWith('RATE#'));
  await table.undo();
  return { reply, changes, frames: [...ocpp.sent, ...live.sent] };
}

/** An attempt as text, in which one id stands for another of the same length. */
export function written({ reply, changes, frames }: Attempt, id: string, instead: string): string {
  const { status, headers, text } = reply;
  const whole = JSON.stringify({ status, headers, text, changes, frames }, undefined, 1);
  return whole.replaceAll(id, instead);
}

/** An id of the same shape that nobody has. */
export const absent = (id: string): string => `${id.slice(0, -1)}${id.endsWith('Z') ? 'Y' : 'Z'}`;
