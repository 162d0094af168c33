import { Command } from '#shared/commands/command.ts';
import { completedExample, failedExample, sentExample } from '#shared/commands/command-example.ts';
import { defineEvent } from '#shared/events/event.ts';

const of = { object: 'command', data: Command } as const;

export const CommandSent = defineEvent({
  ...of,
  name: 'command.sent',
  channels: ['live'],
  when: 'Handed to the charger',
  example: sentExample,
});
export const CommandCompleted = defineEvent({
  ...of,
  name: 'command.completed',
  channels: ['webhook', 'live'],
  when: 'Finished successfully',
  example: completedExample,
  core: true,
});
export const CommandFailed = defineEvent({
  ...of,
  name: 'command.failed',
  channels: ['webhook', 'live'],
  when: 'Rejected, errored, timed out, expired or canceled',
  example: failedExample,
  core: true,
});
