import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { webhookHeaders } from '#shared/webhooks/sign-webhook.ts';
import { newWebhookSecret } from '#shared/webhooks/webhook-secret.ts';
import { testContext } from '#test/support/context.ts';

const body = '{"id":"evt_1","type":"session.ended"}';

test('signs as the reference implementation of Standard Webhooks does', () => {
  // The example secret of the Standard Webhooks specification.
  const value = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDRPPeKqUyrN0=';
  const at = new Date('2026-06-01T04:30:00.000Z');
  const headers = webhookHeaders(
    { secrets: [{ value, expires_at: null }] },
    { id: 'evt_1', at, body },
  );
  expect(headers).toEqual({
    'webhook-id': 'evt_1',
    'webhook-timestamp': '1780288200',
    'webhook-signature': new Webhook(value).sign('evt_1', at, body),
  });
});

test('signs with each secret that is still valid', () => {
  const ctx = testContext();
  const [fresh, old, expired] = [1, 2, 3].map(() => newWebhookSecret(ctx));
  if (!fresh || !old || !expired) throw new Error('three secrets');
  const at = new Date();
  const later = new Date(at.getTime() + 1000).toISOString();
  const secrets = [
    { value: fresh, expires_at: null },
    { value: old, expires_at: later },
    { value: expired, expires_at: at.toISOString() },
  ];
  const headers = webhookHeaders({ secrets }, { id: 'evt_1', at, body });
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
  expect(new Webhook(fresh).verify(body, headers)).toMatchObject({ id: 'evt_1' });
  expect(new Webhook(old).verify(body, headers)).toMatchObject({ id: 'evt_1' });
  expect(() => new Webhook(expired).verify(body, headers)).toThrow();
});

test('makes secrets of 32 bytes, as the specification wants them (24 to 64)', () => {
  const secret = newWebhookSecret(testContext());
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
});
