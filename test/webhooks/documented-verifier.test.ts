import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { webhookHeaders } from '#shared/webhooks/sign-webhook.ts';
import { newWebhookSecret } from '#shared/webhooks/webhook-secret.ts';
import { testContext } from '#test/support/context.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

test('the verifier that docs/events-and-webhooks.md shows takes our webhooks, and no others', async () => {
  const document = readFileSync(
    new URL('../../docs/events-and-webhooks.md', import.meta.url),
    'utf8',
  );
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(document) ?? [];
  const file = join(temporaryFolder(), 'verify.mjs');
  writeFileSync(file, code);
  const { verify } = await import(pathToFileURL(file).href);
  const ctx = testContext();
  const [secret, next] = [newWebhookSecret(ctx), newWebhookSecret(ctx)];
  const body = '{"id":"evt_1","type":"session.ended"}';
  const secrets = [next, secret].map((value) => ({ value, expires_at: null }));
  const headers = webhookHeaders({ secrets }, { id: 'evt_1', at: new Date(), body });
  expect(verify(secret, headers, body)).toBe(true);
  expect(verify(next, headers, body)).toBe(true);
  expect(verify(newWebhookSecret(ctx), headers, body)).toBe(false);
  expect(verify(secret, headers, `${body} `)).toBe(false);
  const old = webhookHeaders(
    { secrets },
    { id: 'evt_1', at: new Date(Date.now() - 301_000), body },
  );
  expect(verify(secret, old, body)).toBe(false);
});
