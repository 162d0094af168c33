import { receive, type Sender } from '#shared/ocpp/receive.ts';
import { type Call, call, type Reply } from '#test/support/call.ts';
import type { Machine } from '#test/support/faults/machine.ts';
import { endpoints } from '#test/support/isolation/place.ts';

const TRIES = 30;
const SECOND = 1000;

const causeOf = (actor: string) => ({
  type: 'charger_message' as const,
  ref: 'message',
  request_id: null,
  idempotency_key: null,
  actor,
});

/** A client asks, and asks again with the same key for as long as it gets no answer that is one. */
export async function ask(
  machine: Machine,
  operation: string,
  input: Call,
  { keyed = true } = {},
): Promise<Reply['body']> {
  const endpoint = endpoints.get(operation);
  if (!endpoint) throw new Error(`There is no operation ${operation}`);
  const key = machine.newKey();
  const headers = { ...input.headers, ...(keyed ? { 'idempotency-key': key } : {}) };
  for (let tries = 0; tries < TRIES; tries++) {
    const { value: reply } = await machine.run(`request ${operation}`, (within) =>
      call(within({}), endpoint, { ...input, headers }),
    );
    await machine.drain();
    if (reply && reply.status < 500 && reply.body['code'] !== 'request_in_progress') {
      machine.outside.told.push(`${operation} ${reply.status} ${toldBy(reply)}`);
      return reply.body;
    }
    machine.tick(Number(reply?.headers['Retry-After'] ?? 1) * SECOND);
  }
  machine.outside.wrong.push(`${operation} is never answered`);
  return {};
}

/** Of what is under way, the answer shows a moment. */
const toldBy = ({ status, text, body: { id, session_id } }: Reply): string =>
  status === 202 ? `${session_id ?? id}` : text;

/** A charger says something, and says it again where it got no answer, or that we could not take it. */
export async function say(
  machine: Machine,
  sender: Sender,
  action: string,
  payload: unknown,
): Promise<unknown> {
  const id = machine.newKey();
  for (let tries = 0; tries < TRIES; tries++) {
    await hear(machine, `message ${sender.version} ${action}`, sender, [2, id, action, payload]);
    const answers = machine.outside.ocpp.sent.filter(
      ({ json, connectionId }) =>
        connectionId === sender.connectionId && Array.isArray(json) && json[1] === id,
    );
    const answer = answers.map(({ json }) => json as unknown[]).find(([kind]) => kind === 3);
    await machine.drain();
    if (answer) return answer[2];
    machine.tick(SECOND);
  }
  machine.outside.wrong.push(`${action} is never answered`);
  return undefined;
}

/** One frame of a charger, once. */
export const hear = (machine: Machine, kind: string, sender: Sender, frame: readonly unknown[]) =>
  machine.run(kind, (within) => {
    const ctx = within({
      actor: { kind: 'charger', id: sender.chargerId },
      cause: causeOf(sender.chargerId),
    });
    return receive(ctx, sender, JSON.stringify(frame));
  });
