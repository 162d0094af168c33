import { test } from 'vitest';
import { commit } from '#shared/events/commit.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { anOrganization, testContext } from '#test/support/context.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';

test('opens a world with the organization in it', async ({ expect }) => {
  const ctx = testContext({ organization: { auto_register: false } });
  expect(await getOrganization(ctx)).toEqual(anOrganization({ auto_register: false }));
});

test('lets another tenant into the same world, with an organization of its own', async ({
  expect,
}) => {
  const ctx = testContext();
  const other = ctx.as({ tenantId: 'other', livemode: true, organization: { name: 'Other' } });
  expect(await getOrganization(other)).toMatchObject({
    id: 'other',
    name: 'Other',
    livemode: true,
  });
  expect(other.table).toBe(ctx.table);
  other.tick(1_500);
  expect(ctx.now().toISOString()).toBe('2026-06-01T04:30:01.500Z');
});

test('gives ids that look real, sort as they were asked for and are the same in every run', ({
  expect,
}) => {
  const ids = (ctx = testContext()) => [ctx.newId('evt'), ctx.newId('evt'), ctx.newSecret(32)];
  const [first = '', second = '', secret] = ids();
  expect(first).toMatch(/^evt_[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(second > first).toBe(true);
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(ids()).toEqual([first, second, secret]);
});

test('keeps the frames it sends, and sends none to a socket that is closed', async ({ expect }) => {
  const ctx = testContext();
  expect(await ctx.sockets.ocpp.send('c1', '[3,"1",{}]')).toBe('sent');
  await ctx.sockets.ocpp.close('c1', 1000, 'done');
  expect(await ctx.sockets.ocpp.send('c1', '[3,"2",{}]')).toBe('gone');
  expect(ctx.sent.ocpp).toEqual([{ connectionId: 'c1', text: '[3,"1",{}]', json: [3, '1', {}] }]);
  expect(ctx.sockets.ocpp.closed).toEqual([{ connectionId: 'c1', code: 1000, reason: 'done' }]);
});

test('keeps log lines and counts', ({ expect }) => {
  const ctx = testContext();
  ctx.log.warn('odd', { a: 1 });
  ctx.log.count('frames');
  ctx.log.count('frames', 2);
  expect(ctx.logs).toEqual([{ level: 'warn', message: 'odd', fields: { a: 1 } }]);
  expect(ctx.counts).toEqual({ frames: 3 });
});

test('reads back the events that were committed since they were last cleared', async ({
  expect,
}) => {
  const ctx = testContext();
  const event = (id: string, version: number) =>
    commit(ctx, {
      aggregate: { kind: 'charger', id: 'c', version },
      writes: [],
      events: [{ id, type: 'charger.created', at: ctx.now().toISOString(), subject: 'c', version }],
    });
  await event('evt_1', 1);
  clearOutbox(ctx);
  await event('evt_2', 2);
  expect(recordedEvents(ctx).map(({ id }) => id)).toEqual(['evt_2']);
});
