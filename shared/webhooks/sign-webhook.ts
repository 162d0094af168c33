import { createHmac } from 'node:crypto';
import type { WebhookSecret } from '#shared/webhooks/webhook-endpoint.ts';

const SECRET_PREFIX = 'whsec_';

/** The headers of Standard Webhooks 1.0: the message id, its time, and a signature by each valid secret. */
export function webhookHeaders(
  { secrets }: { readonly secrets: readonly WebhookSecret[] },
  message: { readonly id: string; readonly at: Date; readonly body: string },
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const seconds = String(Math.floor(message.at.getTime() / 1000));
  const signed = `${message.id}.${seconds}.${message.body}`;
  const valid = secrets.filter((s) => !s.expires_at || s.expires_at > message.at.toISOString());
  const signatures = valid.map(({ value }) => `v1,${hmac(value, signed)}`);
  return {
    'webhook-id': message.id,
    'webhook-timestamp': seconds,
    'webhook-signature': signatures.join(' '),
  };
}

const hmac = (secret: string, signed: string): string =>
  createHmac('sha256', Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64'))
    .update(signed)
    .digest('base64');
