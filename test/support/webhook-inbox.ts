import { Webhook } from 'standardwebhooks';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { listOf } from '#shared/http/list.ts';
import { WebhookDelivery } from '#shared/webhooks/delivery.ts';
import type { ApiClient } from '#test/support/api-client.ts';
import { eventually } from '#test/support/eventually.ts';
import { type LoopbackServer, loopbackServer } from '#test/support/loopback-server.ts';

const Created = z.object({ id: z.string(), secret: z.string() });
const Deliveries = listOf('deliveries', WebhookDelivery);
const Signed = z.object({
  'webhook-id': z.string(),
  'webhook-timestamp': z.string(),
  'webhook-signature': z.string(),
});

/** A webhook endpoint with a server of its own behind it, which reads as a subscriber's program does. */
export class WebhookInbox {
  readonly id: string;
  readonly server: LoopbackServer;
  readonly #api: ApiClient;
  readonly #webhook: Webhook;

  constructor(api: ApiClient, server: LoopbackServer, { id, secret }: z.infer<typeof Created>) {
    this.id = id;
    this.server = server;
    this.#api = api;
    this.#webhook = new Webhook(secret);
  }

  /** All that came, in order. Throws where a signature is not right. */
  events(): EventEnvelope[] {
    return this.server.received.map(({ body, headers }) => {
      const signed = Signed.parse(headers);
      const event = EventEnvelope.parse(this.#webhook.verify(body, signed));
      if (event.id !== signed['webhook-id']) throw new Error('The header names another event');
      return event;
    });
  }

  /** The events of a type and subject, once there is one. */
  async got(type: string, subject?: string): Promise<EventEnvelope[]> {
    return eventually(() => {
      const events = this.events();
      const found = events.filter(
        (event) => event.type === type && (subject ?? event.subject.id) === event.subject.id,
      );
      if (found.length === 0) throw new Error(`No ${type} among ${events.map((e) => e.type)}`);
      return found;
    });
  }

  /** What the platform says of its deliveries here. */
  async ledger(query = ''): Promise<WebhookDelivery[]> {
    const path = `/v1/webhook-endpoints/${this.id}/deliveries?limit=200&${query}`;
    return (await this.#api.get(path, Deliveries)).deliveries;
  }
}

/** A new endpoint for these event types, gone with the test. */
export async function aWebhookInbox(
  api: ApiClient,
  event_types: readonly string[] = ['*'],
): Promise<WebhookInbox> {
  const server = await loopbackServer();
  onTestFinished(() => server[Symbol.asyncDispose]());
  const body = { url: server.url, event_types, description: 'A program of ours' };
  return new WebhookInbox(api, server, await api.post('/v1/webhook-endpoints', body, Created));
}
