import * as z from 'zod';
import { DisplayMessage } from '#shared/displays/display-message.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import { priorities, states } from '#shared/ocpp/v201/display/words.ts';

const Wanted = z.object({
  request_id: z.int(),
  message_ids: z.array(z.int()).optional(),
  priority: DisplayMessage.shape.priority.optional(),
  state: DisplayMessage.shape.state.unwrap().optional(),
});

/** The report follows in parts (NotifyDisplayMessages). */
const REPORTED_WITHIN_S = 120;

/** Which messages the screen has; where it has none such, nothing follows (2.0.1 O04.FR.02). */
export const getDisplayMessages = defineOutbound('ocpp2.0.1', 'GetDisplayMessages', {
  command: 'list_display_messages',
  capability: 'display',
  example: { requestId: 7 },
  toRequest(input) {
    const { request_id, message_ids, priority, state } = Wanted.parse(input);
    return {
      requestId: request_id,
      ...(message_ids === undefined ? {} : { id: message_ids }),
      ...(priority === undefined ? {} : { priority: priorities[priority] }),
      ...(state === undefined ? {} : { state: states[state] }),
    };
  },
  outcomeOf: ({ status }) =>
    status === 'Unknown'
      ? { status: 'completed', outcome: 'accepted', data: { messages: [] } }
      : { status: 'accepted', outcome: 'reporting', followUpSeconds: REPORTED_WITHIN_S },
});
