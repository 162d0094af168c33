import { describe, expect, it } from 'vitest';
import { aLiveClient } from '#test/live/live-client.ts';
import {
  acting,
  aMember,
  aPeopleWorld,
  change,
  invite,
  list,
  remove,
} from '#test/support/members.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { pendingTasks, settle } from '#test/support/settle.ts';

const EMAIL = 'asha@example.com';

describe('updateMember', () => {
  it('changes role and sites, and tells what was before', async () => {
    const ctx = await aPeopleWorld();
    const { id } = await aMember(ctx, EMAIL, { role: 'operator' });
    const { status, body } = await change(ctx, id, { role: 'support', site_ids: ['DEL-1'] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ role: 'support', site_ids: ['DEL-1'], resource_version: 2 });
    const event = recordedEvents(ctx).find(({ type }) => type === 'member.updated');
    expect(event).toMatchObject({ version: 2, previous: { role: 'operator', site_ids: null } });
  });

  it('closes the live sockets of one who may less, now and once more', async () => {
    const ctx = await aPeopleWorld();
    const member = await aMember(ctx, EMAIL, { role: 'operator' });
    const live = await aLiveClient(ctx.as({ actor: acting(member) }), { topics: ['chargers'] });
    await change(ctx, member.id, { name: 'Asha R' });
    await settle(ctx);
    expect(live.closed).toBe(undefined);
    await change(ctx, member.id, { role: 'vendor', site_ids: ['DEL-1'] });
    await settle(ctx);
    expect(ctx.sockets.live.closed).toHaveLength(1);
    const later = pendingTasks(ctx).filter(({ task }) => task === 'close-credential-sockets');
    expect(later.map(({ payload }) => payload)).toEqual([{ credential_id: member.id }]);
  });

  it('heeds If-Match', async () => {
    const ctx = await aPeopleWorld();
    const { id } = await aMember(ctx, EMAIL, { role: 'operator' });
    const stale = await change(ctx, id, { role: 'support' }, { 'if-match': '"7"' });
    expect(stale.status).toBe(412);
    expect((await change(ctx, id, { role: 'support' }, { 'if-match': '"1"' })).status).toBe(200);
  });

  it('does nothing where nothing changes', async () => {
    const ctx = await aPeopleWorld();
    const { id } = await aMember(ctx, EMAIL, { role: 'operator' });
    expect((await change(ctx, id, { role: 'operator' })).body['resource_version']).toBe(1);
  });

  it('refuses what it does not know', async () => {
    const ctx = await aPeopleWorld();
    const { id } = await aMember(ctx, EMAIL, { role: 'operator' });
    expect((await change(ctx, id, { sites: ['DEL-1'] })).status).toBe(422);
  });
});

describe('the last owner', () => {
  it('is neither removed nor lowered', async () => {
    const ctx = await aPeopleWorld();
    const owner = await aMember(ctx, EMAIL, { role: 'owner' });
    await invite(ctx, { email: 'other@example.com', role: 'owner' });
    expect((await change(ctx, owner.id, { role: 'admin' })).body['code']).toBe('conflict');
    expect((await remove(ctx, owner.id)).body['code']).toBe('conflict');
  });

  it('is not got rid of by two owners who remove each other at once', async () => {
    const ctx = await aPeopleWorld();
    const one = await aMember(ctx, EMAIL, { role: 'owner' });
    const two = await aMember(ctx, 'other@example.com', { role: 'owner' });
    const replies = await Promise.all([
      remove(ctx.as({ actor: acting(one) }), two.id),
      remove(ctx.as({ actor: acting(two) }), one.id),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { body } = await list(ctx, { role: 'owner', status: 'active' });
    expect(body['total']).toBe(1);
  });
});

describe('an admin', () => {
  it('cannot change or remove an owner, nor become one', async () => {
    const ctx = await aPeopleWorld();
    const owner = await aMember(ctx, EMAIL, { role: 'owner' });
    await aMember(ctx, 'second@example.com', { role: 'owner' });
    const admin = await aMember(ctx, 'admin@example.com', { role: 'admin' });
    const as = ctx.as({ actor: acting(admin) });
    for (const reply of [
      await change(as, owner.id, { role: 'read_only' }),
      await change(as, owner.id, { name: 'Nobody' }),
      await remove(as, owner.id),
      await change(as, admin.id, { role: 'owner' }),
    ])
      expect(reply.body['code']).toBe('insufficient_scope');
  });

  it('of one site knows nobody who reaches others', async () => {
    const ctx = await aPeopleWorld();
    const site_ids = ['BLR-IND'];
    const all = await aMember(ctx, EMAIL, { role: 'support' });
    const here = await aMember(ctx, 'here@example.com', { role: 'support', site_ids });
    const admin = await aMember(ctx, 'admin@example.com', { role: 'admin', site_ids });
    const as = ctx.as({ actor: acting(admin) });
    expect((await list(as)).body['total']).toBe(2);
    expect((await remove(as, all.id)).status).toBe(404);
    expect((await change(as, here.id, { site_ids: null })).body['code']).toBe('site_restricted');
    expect((await remove(as, here.id)).status).toBe(200);
  });
});

describe('removeMember', () => {
  it('is no error a second time, and the member is listed for 90 days', async () => {
    const ctx = await aPeopleWorld();
    const { id } = await aMember(ctx, EMAIL, { role: 'support' });
    const first = await remove(ctx, id);
    const again = await remove(ctx, id);
    expect(again.body).toEqual(first.body);
    expect(recordedEvents(ctx).filter(({ type }) => type === 'member.removed')).toHaveLength(1);
    expect((await change(ctx, id, { role: 'owner' })).status).toBe(409);
    expect((await list(ctx, { ids: id })).body['total']).toBe(1);
    ctx.tick(91 * 86_400_000);
    expect((await list(ctx, { ids: id })).body['total']).toBe(0);
  });
});

describe('listMembers', () => {
  it('pages the newest first', async () => {
    const ctx = await aPeopleWorld();
    const emails = ['a@example.com', 'b@example.com', 'c@example.com'];
    for (const email of emails) await invite(ctx, { email, role: 'support' });
    const first = await list(ctx, { limit: 2 });
    expect(first.body['total']).toBe(3);
    const next = await list(ctx, { limit: 2, cursor: first.body['next_cursor'] });
    const shown = `${first.text}${next.text}`.match(/[abc]@example.com/g);
    expect(shown).toEqual(emails.toReversed());
    expect(next.body['next_cursor']).toBe(null);
  });
});
