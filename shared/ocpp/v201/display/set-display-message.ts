import { MessageInput } from '#shared/displays/set-display-message.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import { formats, priorities, states } from '#shared/ocpp/v201/display/words.ts';

/** Why a screen does not take a message (2.0.1 O01). */
const refusals: Readonly<Record<string, string>> = {
  NotSupportedMessageFormat: 'format_not_supported',
  NotSupportedPriority: 'priority_not_supported',
  NotSupportedState: 'state_not_supported',
  UnknownTransaction: 'unknown_session',
  Rejected: 'rejected',
};

/** Shows a message on the screen, or replaces one. */
export const setDisplayMessage = defineOutbound('ocpp2.0.1', 'SetDisplayMessage', {
  command: 'set_display_message',
  capability: 'display',
  example: {
    message: {
      id: 12,
      priority: 'NormalCycle',
      message: { format: 'UTF8', content: 'Basement closes at 22:00.' },
    },
  },
  toRequest(input) {
    const message = MessageInput.parse(input);
    return {
      message: {
        id: message.message_id,
        priority: priorities[message.priority],
        message: {
          format: formats[message.format],
          content: message.text,
          ...(message.language === null ? {} : { language: message.language }),
        },
        ...(message.state === null ? {} : { state: states[message.state] }),
        ...(message.starts_at === null ? {} : { startDateTime: message.starts_at }),
        ...(message.ends_at === null ? {} : { endDateTime: message.ends_at }),
        ...(message.transaction_id === null ? {} : { transactionId: message.transaction_id }),
      },
    };
  },
  outcomeOf({ status, statusInfo }) {
    const refusal = refusals[status];
    if (!refusal) return { status: 'completed', outcome: 'accepted' };
    const reason = statusInfo?.additionalInfo ?? `The charger answered ${status}.`;
    return { status: 'rejected', outcome: refusal, reason };
  },
});
