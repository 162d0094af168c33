import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import type { Api } from '#scripts/deploy-test/api.ts';
import { step, until } from '#scripts/deploy-test/step.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';

const SITE = { id: 'DEPLOY-SITE', name: 'Deploy test' };
const CHARGER = {
  id: 'DEPLOY-001',
  site_id: SITE.id,
  connectors: [{ id: 1, type: 'CCS2', max_power_kw: 60 }],
};

/** What a first customer does with a deployment, over HTTP, and what must then arrive. */
export async function journey(api: Api): Promise<void> {
  await step('a wrong key is refused with 401', async () => {
    const { status, body } = await api.with('mk_test_wrong').get('/v1/sites');
    assert.equal(status, 401);
    assert.equal(body['code'], 'unauthenticated');
  });

  await using listener = await loopbackServer();
  const secret = await step('a webhook endpoint is created', async () => {
    const wanted = { url: listener.url, event_types: ['charger.*'], description: 'Deploy test' };
    const { status, body } = await api.post('/v1/webhook-endpoints', wanted, key('hook'));
    assert.equal(status, 201, JSON.stringify(body));
    return z.string().startsWith('whsec_').parse(body['secret']);
  });

  const ocppUrl = await step('a site and a charger are created', async () => {
    const site = await api.post('/v1/sites', SITE, key('site'));
    assert.equal(site.status, 201, JSON.stringify(site.body));
    const charger = await api.post('/v1/chargers', CHARGER, key('charger'));
    assert.equal(charger.status, 201, JSON.stringify(charger.body));
    return z.string().parse(charger.body['ocpp_url']);
  });

  await step('URLs in answers name the host that was asked', async () => {
    assert.equal(ocppUrl, `wss://${api.host}/ocpp/demo/${CHARGER.id}`);
  });

  await step('they are listed', async () => {
    const { status, body } = await api.get('/v1/chargers');
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body['total'], 1);
    const [charger] = z.array(z.object({ id: z.string() })).parse(body['chargers']);
    assert.equal(charger?.id, CHARGER.id);
  });

  await step('a repeated request gets the first answer, and makes nothing', async () => {
    const again = await api.post('/v1/chargers', CHARGER, key('charger'));
    assert.equal(again.status, 201);
    assert.equal(again.headers['idempotency-replayed'], 'true');
    assert.equal((await api.get('/v1/chargers')).body['total'], 1);
  });

  await step('stream, relay, rule, queue and task bring the webhook, signed', async () => {
    const hook = await until('a webhook arrives', () => listener.received[0], 60);
    const headers = z.record(z.string(), z.string()).parse(hook.headers);
    const event = z
      .object({ type: z.string(), data: z.object({ object: z.object({ id: z.string() }) }) })
      .parse(new Webhook(secret).verify(hook.body, headers));
    assert.equal(event.type, 'charger.created');
    assert.equal(event.data.object.id, CHARGER.id);
  });
}

const key = (name: string) => ({ 'Idempotency-Key': `deploy-test-${name}` });
