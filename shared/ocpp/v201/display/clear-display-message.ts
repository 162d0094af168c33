import { DisplayMessage } from '#shared/displays/display-message.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';

/** Takes a message off the screen. */
export const clearDisplayMessage = defineOutbound('ocpp2.0.1', 'ClearDisplayMessage', {
  command: 'clear_display_message',
  capability: 'display',
  example: { id: 12 },
  toRequest: (input) => ({ id: DisplayMessage.shape.message_id.parse(input['message_id']) }),
});
