import { serveSubscriber } from '#shared/aws/serve-queue.ts';
import { defineSubscriber } from '#shared/events/subscriber.ts';
import { disabledWebhook, endingKey } from '#shared/members/warnings.ts';
import { writeToAdmins } from '#shared/members/write-to-admins.ts';
import { ApiKeyExpiring } from '#shared/organizations/events.ts';
import { WebhookEndpointDisabled } from '#shared/webhooks/events.ts';

export const subscriber = defineSubscriber({
  id: 'write-to-admins',
  summary: 'Writes to owners and admins of disabled webhooks and ending keys',
  on: [WebhookEndpointDisabled, ApiKeyExpiring],
  handle: (event, ctx) =>
    writeToAdmins(
      ctx,
      event,
      event.type === ApiKeyExpiring.name ? endingKey(event) : disabledWebhook(event),
    ),
});

export const handler = serveSubscriber(subscriber);
