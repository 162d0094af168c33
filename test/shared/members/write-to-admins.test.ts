import { describe, expect, it } from 'vitest';
import { endpoint as createWebhookEndpoint } from '#functions/api/webhooks/create-webhook-endpoint.ts';
import { subscriber } from '#functions/events/write-to-admins.ts';
import { findEvent } from '#shared/events/event-log.ts';
import { mintApiKey } from '#shared/organizations/mint-api-key.ts';
import { tellExpiringKeys } from '#shared/organizations/tell-expiring-keys.ts';
import { disableEndpoint } from '#shared/webhooks/disable-endpoint.ts';
import { call } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { aMember, aPeopleWorld, invite, remove } from '#test/support/members.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const [HERE, THERE] = ['BLR-IND', 'DEL-1'];

/** An owner, two admins of a site each, and others who are none of them. */
async function aCompany() {
  const ctx = await aPeopleWorld();
  await aMember(ctx, 'owner@example.com', { role: 'owner' });
  await aMember(ctx, 'here@example.com', { role: 'admin', site_ids: [HERE] });
  await aMember(ctx, 'there@example.com', { role: 'admin', site_ids: [THERE] });
  await aMember(ctx, 'operator@example.com', { role: 'operator' });
  const left = await aMember(ctx, 'left@example.com', { role: 'owner' });
  await remove(ctx, left.id);
  await invite(ctx, { email: 'invited@example.com', role: 'owner' });
  await settle(ctx);
  ctx.mail.sent.splice(0);
  return ctx;
}

async function aDisabledEndpoint(ctx: TestContext, as = ctx): Promise<void> {
  const body = { url: 'http://127.0.0.1:9999/services/SECRET' };
  const made = await call(as, createWebhookEndpoint, { body });
  await disableEndpoint(ctx, String(made.body['id']), 'failing');
  await settle(ctx);
}
const readers = ({ mail }: TestContext) => mail.sent.map(({ to }) => to).sort();

describe('a webhook endpoint that was disabled', () => {
  it('is told to owners and admins who have joined, without what its URL may hold', async () => {
    const ctx = await aCompany();
    await aDisabledEndpoint(ctx);
    expect(readers(ctx)).toEqual(['owner@example.com']);
    const [letter] = ctx.mail.sent;
    expect(letter?.subject).toBe('Demo Charging: webhooks to 127.0.0.1:9999 are disabled');
    expect(letter?.text).toContain('for five days');
    expect(letter?.text).not.toContain('SECRET');
  });

  it('of one site is told to its admin too', async () => {
    const ctx = await aCompany();
    await aDisabledEndpoint(ctx, ctx.as(keyOfSites(HERE)));
    expect(readers(ctx)).toEqual(['here@example.com', 'owner@example.com']);
  });

  it('is told once, however often the event comes', async () => {
    const ctx = await aCompany();
    await aDisabledEndpoint(ctx);
    const [told] = recordedEvents(ctx).filter(({ type }) => type === 'webhook_endpoint.disabled');
    const event = await findEvent(ctx, told?.id ?? '');
    if (!event) throw new Error('It is not in the log.');
    await subscriber.handle(event, ctx);
    await settle(ctx);
    expect(readers(ctx)).toHaveLength(1);
  });
});

describe('an API key that ends', () => {
  it('is told to them two weeks, one week and a day before', async () => {
    const ctx = await aCompany();
    const expiresAt = '2026-07-01T00:00:00.000Z';
    await mintApiKey(ctx, { name: 'Backend', scopes: ['*'], expiresAt });
    for (let day = 0; day < 32; day++) {
      await tellExpiringKeys(ctx);
      await settle(ctx);
      ctx.tick(86_400_000);
    }
    expect(ctx.mail.sent.map(({ subject }) => subject)).toEqual([
      'Demo Charging: the API key "Backend" ends in 14 days',
      'Demo Charging: the API key "Backend" ends in 7 days',
      'Demo Charging: the API key "Backend" ends within a day',
    ]);
    expect(readers(ctx)).toEqual(Array(3).fill('owner@example.com'));
  });

  it('is told to nobody where there is nobody, or no mail', async () => {
    const ctx = await aCompany();
    ctx.mail.isOn = false;
    await aDisabledEndpoint(ctx);
    expect(readers(ctx)).toEqual([]);
  });
});
