import type { DisplayMessage } from '#shared/displays/display-message.ts';
import { reportDisplay } from '#shared/displays/report-display.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import type { MessageInfoType } from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';
import { formatOf, priorityOf, stateOf } from '#shared/ocpp/v201/display/words.ts';
import { findByTransaction } from '#shared/sessions/find-by-transaction.ts';

/** A part of what the screen of the charger shows. */
export const notifyDisplayMessages = defineInbound('ocpp2.0.1', 'NotifyDisplayMessages', {
  example: {
    requestId: 7,
    messageInfo: [
      { id: 12, priority: 'NormalCycle', message: { format: 'UTF8', content: 'Welcome' } },
    ],
  },
  async handle({ request: { requestId, messageInfo = [], tbc = false }, peer }, ctx) {
    const { chargerId } = peer;
    const sessionOf = async (transactionId: string | undefined) => {
      if (!transactionId) return null;
      const whole = await findByTransaction(ctx, { chargerId, transactionId });
      return whole?.session.id ?? null;
    };
    const messages = await Promise.all(
      messageInfo.map(async (info) => messageOf(info, await sessionOf(info.transactionId))),
    );
    await reportDisplay(ctx, chargerId, { request: requestId, messages, more: tbc });
    return {};
  },
});

const messageOf = (info: MessageInfoType, session_id: string | null): DisplayMessage => ({
  message_id: info.id,
  text: info.message.content,
  format: formatOf[info.message.format],
  language: info.message.language ?? null,
  priority: priorityOf[info.priority],
  state: info.state ? stateOf[info.state] : null,
  starts_at: utc(info.startDateTime),
  ends_at: utc(info.endDateTime),
  session_id,
});

const utc = (at: string | undefined) => (at === undefined ? null : new Date(at).toISOString());
