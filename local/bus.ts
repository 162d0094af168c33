import type { NewMessage, Queues } from '#local/queues.ts';
import { EVENT_SOURCE } from '#shared/aws/event-source.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import type { Subscriber } from '#shared/events/subscriber.ts';
import type { TaskMessage } from '#shared/events/task.ts';

export const eventQueue = (subscriber: string): string => `event-${subscriber}`;
export const taskQueue = (worker: string): string => `task-${worker}`;

/** The event bus: one rule and one queue per subscriber. */
export function publish(
  queues: Queues,
  subscribers: readonly Subscriber[],
  events: readonly EventEnvelope[],
  now: number,
): void {
  const messages = events.flatMap((event): NewMessage[] => {
    const body = JSON.stringify(busMessage(event));
    return subscribers
      .filter((subscriber) => wants(subscriber, event))
      .map(({ id }) => ({ queue: eventQueue(id), body, at: now }));
  });
  if (messages.length > 0) queues.send(messages, now);
}

const wants = ({ on }: Subscriber, event: EventEnvelope): boolean =>
  on === 'all' || on.some((type) => type.name === event.type);

/** An event as EventBridge puts it on a queue. */
const busMessage = (event: EventEnvelope) => ({
  version: '0',
  id: event.id,
  'detail-type': event.type,
  source: EVENT_SOURCE,
  account: '000000000000',
  time: event.created_at,
  region: 'local',
  resources: [],
  detail: event,
});

/** Each task on the queue of its kind, held back until it is due. */
export function enqueue(queues: Queues, tasks: readonly TaskMessage[], now: number): void {
  const messages = tasks.map((task) => ({
    queue: taskQueue(task.task),
    body: JSON.stringify(task),
    at: Math.max(now, Date.parse(task.at)),
  }));
  if (messages.length > 0) queues.send(messages, now);
}
