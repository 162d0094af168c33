import { endedExample } from '#shared/command-batches/batch-example.ts';
import { CommandBatch } from '#shared/command-batches/command-batch.ts';
import { defineEvent } from '#shared/events/event.ts';

export const CommandBatchCompleted = defineEvent({
  name: 'command_batch.completed',
  object: 'command_batch',
  channels: ['webhook'],
  when: 'Every command of the batch has ended',
  data: CommandBatch,
  example: endedExample,
});
