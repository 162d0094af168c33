import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { TaskMessage } from '#shared/events/task.ts';

const PER_CALL = 10;
/** The longest a queue can hold a message back; a worker puts an early one back again. */
const MAX_DELAY_SECONDS = 900;

/** Puts each task on its own queue, held back until it is due. Throws when any was not taken. */
export function taskQueues(
  urlPrefix: string,
  now: () => Date = () => new Date(),
  client = new SQSClient({ maxAttempts: 5, useQueueUrlAsEndpoint: false }),
) {
  return async (tasks: readonly TaskMessage[]): Promise<void> => {
    for (const [task, messages] of Map.groupBy(tasks, (message) => message.task)) {
      for (let at = 0; at < messages.length; at += PER_CALL) {
        const answer = await client.send(
          new SendMessageBatchCommand({
            QueueUrl: `${urlPrefix}${task}`,
            Entries: messages.slice(at, at + PER_CALL).map((message, n) => ({
              Id: String(n),
              MessageBody: JSON.stringify(message),
              DelaySeconds: delayUntil(message.at, now()),
              // A fair queue: the groups that are quiet go before the one that is not.
              ...(message.group ? { MessageGroupId: message.group } : {}),
            })),
          }),
        );
        const refused = answer.Failed?.[0];
        if (refused) throw new Error(`The queue of ${task} refused a message: ${refused.Code}`);
      }
    }
  };
}

/** Whole seconds until the instant, rounded up so that nothing is early. */
export const delayUntil = (at: string, now: Date): number =>
  Math.min(MAX_DELAY_SECONDS, Math.max(0, Math.ceil((Date.parse(at) - now.getTime()) / 1000)));
