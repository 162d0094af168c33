import { Command } from '#shared/commands/command.ts';
import { defineEvent } from '#shared/events/event.ts';

const of = { object: 'command', data: Command } as const;

export const CommandSent = defineEvent({
  ...of,
  name: 'command.sent',
  channels: ['live'],
  when: 'Handed to the charger',
});
export const CommandCompleted = defineEvent({
  ...of,
  name: 'command.completed',
  channels: ['webhook', 'live'],
  when: 'Finished successfully',
});
export const CommandFailed = defineEvent({
  ...of,
  name: 'command.failed',
  channels: ['webhook', 'live'],
  when: 'Rejected, errored, timed out, expired or canceled',
});
