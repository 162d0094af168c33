import type { Actor } from '#shared/core/context.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { type Call, call, type Reply } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import { CountedIds } from '#test/support/counted-ids.ts';
import { type Change, UndoableTable } from '#test/support/isolation/undoable-table.ts';
import { RecordingSender, type SentFrame } from '#test/support/recording-sockets.ts';
import { passOver } from '#test/support/settle.ts';

/** All that a request did, before it was undone. */
export interface Attempt {
  readonly reply: Reply;
  /** But for what only counts. */
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
  const changes = (await table.changes()).filter((change) => !isCounter(change));
  await table.undo();
  passOver(world);
  return { reply, changes, frames: [...ocpp.sent, ...live.sent] };
}

/** Of requests, and of the numbers that a charger is asked under: one may be left out. */
const isCounter = ({ key: { pk, sk } }: Change) => pk.startsWith('RATE#') || sk === 'REQSEQ';

/**
 * An attempt as text, in which one id stands for another of the same length. What is made by chance, and
 * what seals the very words of the request (a cursor), shows its length alone.
 */
export function written({ reply, changes, frames }: Attempt, id: string, instead: string): string {
  const { status, headers, text } = reply;
  const whole = JSON.stringify({ status, headers, text, changes, frames }, undefined, 1);
  return whole
    .replaceAll(id, instead)
    .replaceAll(SEALED, (_, name: string, value: string) => `${name} of ${value.length}`);
}
const SEALED = /\b(next_cursor|ocpp_password|salt|hash)\W+([\w-]{20,})/g;

/** The list in an answer, where it has one. */
export const listIn = ({ body }: Reply): readonly unknown[] | undefined =>
  Object.values(body).find((value) => Array.isArray(value));

/** An id of the same shape that nobody has. */
export const absent = (id: string): string => `${id.slice(0, -1)}${id.endsWith('Z') ? 'Y' : 'Z'}`;
