import { defineEvent } from '#shared/events/event.ts';
import { WebhookEndpointView } from '#shared/webhooks/webhook-endpoint.ts';
import { disabledExample, webhookExample } from '#shared/webhooks/webhook-example.ts';

const of = {
  object: 'webhook_endpoint',
  channels: ['webhook'],
  data: WebhookEndpointView,
} as const;

export const WebhookEndpointDisabled = defineEvent({
  ...of,
  name: 'webhook_endpoint.disabled',
  example: disabledExample,
  when: 'Disabled after 5 days of failure or by a 410 (sent to the other endpoints)',
});
export const WebhookEndpointTest = defineEvent({
  ...of,
  name: 'webhook_endpoint.test',
  example: webhookExample,
  when: 'Test delivery',
});
