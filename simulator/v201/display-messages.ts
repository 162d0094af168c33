import * as z from 'zod';
import type { ChargerState } from '#simulator/charger-state.ts';
import type { DisplayMessage } from '#simulator/display/display-message.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { variableText } from '#simulator/settings.ts';
import { keep } from '#simulator/store.ts';
import type { Turn } from '#simulator/turn.ts';
import { inParts } from '#simulator/v201/parts.ts';

const MOST_MESSAGES = 10;
const MESSAGES_PER_PART = 4;
const Priority = z.enum(['AlwaysFront', 'InFront', 'NormalCycle']);
const State = z.enum(['Charging', 'Faulted', 'Idle', 'Unavailable']);
const Instant = z.iso.datetime({ offset: true });

const Message = z.looseObject({
  id: z.int(),
  priority: Priority,
  state: State.optional(),
  startDateTime: Instant.optional(),
  endDateTime: Instant.optional(),
  transactionId: z.string().max(36).optional(),
  message: z.looseObject({ format: z.string(), content: z.string().max(512) }),
});

/** Of messages that are always in front there can be only one [2.0.1 O01.FR.10]. */
export const setDisplayMessage = answer(z.object({ message: Message }), (turn, { message }) => {
  const { state } = turn;
  const { id, transactionId, endDateTime, priority } = message;
  const formats = variableText(turn, 'DisplayMessageCtrlr.SupportedFormats').split(',');
  if (!formats.includes(message.message.format)) return { status: 'NotSupportedMessageFormat' };
  const runs = state.connectors.some(({ session }) => session?.id === transactionId);
  if (transactionId !== undefined && !runs) return { status: 'UnknownTransaction' };
  const others = state.store.messages.filter(
    (one) => one.id !== id && (priority !== 'AlwaysFront' || one.priority !== 'AlwaysFront'),
  );
  if (others.length >= MOST_MESSAGES) return { status: 'Rejected' };
  const taken: DisplayMessage = {
    id,
    priority,
    state: message.state ?? null,
    transactionId: transactionId ?? null,
    endsAt: endDateTime === undefined ? null : Date.parse(endDateTime),
    raw: message,
  };
  keep(state, { messages: [...others, taken] });
  return { status: 'Accepted' };
});

const GetDisplayMessages = z.object({
  requestId: z.int(),
  id: z.array(z.int()).min(1).optional(),
  priority: Priority.optional(),
  state: State.optional(),
});

export const getDisplayMessages = answer(GetDisplayMessages, (turn, request) => {
  const found = turn.state.store.messages.filter(
    ({ id, priority, state }) =>
      (request.id?.includes(id) ?? true) &&
      (request.priority ?? priority) === priority &&
      (request.state === undefined || request.state === state),
  );
  if (found.length === 0) return { status: 'Unknown' };
  for (const { items, tbc } of inParts(turn.state, found, MESSAGES_PER_PART)) {
    const messageInfo = items.map(({ raw }) => raw);
    const payload = { requestId: request.requestId, ...tbc, messageInfo };
    enqueue(turn, { action: 'NotifyDisplayMessages', payload });
  }
  return { status: 'Accepted' };
});

export const clearDisplayMessage = answer(z.object({ id: z.int() }), ({ state }, { id }) => {
  const { messages } = state.store;
  const rest = messages.filter((one) => one.id !== id);
  keep(state, { messages: rest });
  return { status: rest.length < messages.length ? 'Accepted' : 'Unknown' };
});

/** Messages go with their time, and with their transaction [2.0.1 O01, O02]. */
export function dropPassedMessages({ state, now }: Turn): void {
  const { messages } = state.store;
  if (messages.length === 0) return;
  const rest = messages.filter(
    ({ endsAt, transactionId }) =>
      (endsAt === null || endsAt > now) &&
      (transactionId === null ||
        state.connectors.some(({ session }) => session?.id === transactionId)),
  );
  if (rest.length < messages.length) keep(state, { messages: rest });
}

export const nextMessageEndAt = ({ store }: ChargerState): number =>
  Math.min(...store.messages.map(({ endsAt }) => endsAt ?? Number.POSITIVE_INFINITY));
