import { expect, test } from 'vitest';
import { readSessionTicket, sessionTicket, websocketUrl } from '#shared/live/session-ticket.ts';
import { testContext } from '#test/support/context.ts';

const SESSION = 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD';

test('names its tenant and session to this deployment alone', async () => {
  const ctx = testContext();
  const ticket = await sessionTicket(ctx, SESSION);
  expect(await readSessionTicket(ctx, ticket)).toEqual({ tenantId: 'demo', sessionId: SESSION });
  const elsewhere = { ...ctx, cursorKey: async () => 'the key of another deployment' };
  expect(await readSessionTicket(elsewhere, ticket)).toBeUndefined();
});

test('is the same each time, and needs no escaping in a URL', async () => {
  const ctx = testContext();
  const url = await websocketUrl(ctx, SESSION);
  expect(url).toBe(await websocketUrl(ctx, SESSION));
  expect(url).toMatch(/^wss:\/\/api\.magma\.test\/live\/lt_[A-Za-z0-9._-]+$/);
});

test('cannot be turned into the ticket of another session or tenant', async () => {
  const ctx = testContext();
  const [mine = ''] = (await sessionTicket(ctx, SESSION)).split('.');
  const [, mac = ''] = (await sessionTicket(ctx.as({ tenantId: 'other' }), SESSION)).split('.');
  for (const forged of [`${mine}.${mac}`, mine, `${mine}.`, `${mine}.A`, '', 'lt_.'])
    expect(await readSessionTicket(ctx, forged)).toBeUndefined();
});
