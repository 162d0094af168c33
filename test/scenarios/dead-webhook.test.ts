import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { ApiClient } from '#test/support/api-client.ts';
import { eventually } from '#test/support/eventually.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';
import { aWebhookInbox, type WebhookInbox } from '#test/support/webhook-inbox.ts';

const createCharger = (api: ApiClient, id: string) => api.post('/v1/chargers', { id }, z.unknown());

const theDelivery = (inbox: WebhookInbox, status: string) =>
  eventually(async () => {
    const [delivery, ...others] = await inbox.ledger();
    expect(others).toEqual([]);
    expect(delivery).toMatchObject({ event_type: 'charger.created', status });
    if (!delivery) throw new Error('No delivery');
    return delivery;
  });

describe('a webhook endpoint that does not work', () => {
  it('is tried again five seconds later, and gets the same event, signed anew', async () => {
    const { api } = await aSandboxHost();
    const inbox = await aWebhookInbox(api, ['charger.created']);
    inbox.server.answer((response) => response.writeHead(500).end('broken'));
    await createCharger(api, 'NEWS-1');
    const failed = await theDelivery(inbox, 'retrying');
    const [attempt] = failed.attempts;
    expect(failed.attempts).toMatchObject([
      { number: 1, status_code: 500, response_excerpt: 'broken' },
    ]);
    // Five seconds, up to a fifth longer.
    const wait = Date.parse(failed.next_attempt_at ?? '') - Date.parse(attempt?.at ?? '');
    expect(wait).toBeGreaterThanOrEqual(5000);
    expect(wait).toBeLessThan(6500);

    inbox.server.answer((response) => response.writeHead(204).end());
    const { attempts } = await theDelivery(inbox, 'succeeded');
    expect(attempts).toMatchObject([
      { number: 1, status_code: 500 },
      { number: 2, status_code: 204 },
    ]);
    const [first, second] = attempts.map(({ at }) => Date.parse(at));
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(5000);
    const [one, again, ...others] = inbox.events();
    expect(others).toEqual([]);
    expect(again).toEqual(one);
  });

  it('does not delay the endpoints that work, whether it refuses, hangs or is not there', async () => {
    const { api } = await aSandboxHost();
    const types = ['charger.created'];
    const gone = await aWebhookInbox(api, types);
    await gone.server[Symbol.asyncDispose]();
    const hanging = await aWebhookInbox(api, types);
    hanging.server.answer(() => {});
    const healthy = await aWebhookInbox(api, types);

    const since = performance.now();
    const ids = ['NEWS-1', 'NEWS-2', 'NEWS-3', 'NEWS-4', 'NEWS-5'];
    for (const id of ids) await createCharger(api, id);
    for (const id of ids) expect(await healthy.got('charger.created', id)).toHaveLength(1);
    // The hanging one is given ten seconds.
    expect(performance.now() - since).toBeLessThan(8000);

    await eventually(() => expect(hanging.server.received).toHaveLength(ids.length));
    expect(hanging.server.received.map(({ method }) => method)).toEqual(ids.map(() => 'POST'));
    const refused = await eventually(async () => {
      const deliveries = await gone.ledger('status=retrying');
      expect(deliveries).toHaveLength(ids.length);
      return deliveries;
    });
    for (const { attempts } of refused)
      expect(attempts[0]).toMatchObject({ status_code: null, error: expect.any(String) });
  });
});
