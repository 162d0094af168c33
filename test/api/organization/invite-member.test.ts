import { describe, expect, it } from 'vitest';
import { acceptInvitation, findInvitation } from '#shared/members/accept-invitation.ts';
import { keyHolder } from '#test/support/api-keys.ts';
import {
  acting,
  aMember,
  aPeopleWorld,
  change,
  invite,
  list,
  nobody,
  PASSWORD,
  remove,
  tokenIn,
} from '#test/support/members.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';
import { watchedTable } from '#test/support/watched-table.ts';

const EMAIL = 'asha@example.com';
const operator = { email: EMAIL, role: 'operator', site_ids: ['BLR-IND'] };
const DAY = 86_400_000;

describe('inviteMember', () => {
  it('writes a letter with the link that it shows once', async () => {
    const ctx = await aPeopleWorld();
    const { status, body, headers } = await invite(ctx, operator);
    expect(status).toBe(201);
    expect(headers['Location']).toBe(`/v1/members?ids=${body['id']}`);
    expect(body).toMatchObject({
      ...operator,
      status: 'invited',
      invited_by: 'key_test',
      invitation_expires_at: '2026-06-08T04:30:00.000Z',
      emailed: true,
    });
    await settle(ctx);
    expect(ctx.mail.linkTo(EMAIL)).toBe(body['invitation_url']);
    const { text } = await list(ctx);
    expect(text).not.toContain('invitation_url');
    const token = tokenIn(body['invitation_url']);
    expect(token).toHaveLength(43);
    expect(JSON.stringify([...recordedEvents(ctx), ctx.logs])).not.toContain(token);
  });

  it('keeps no token that opens anything', async () => {
    const ctx = await aPeopleWorld();
    const { table, calls } = watchedTable(ctx.table);
    const { body } = await invite({ ...ctx, table }, operator);
    const written = JSON.stringify(calls);
    expect(written).toContain(String(body['id']));
    expect(written).not.toContain(tokenIn(body['invitation_url']));
  });

  it('answers the link where the deployment sends no letters, and says so', async () => {
    const ctx = await aPeopleWorld();
    ctx.mail.isOn = false;
    const { status, body } = await invite(ctx, operator);
    expect([status, body['emailed']]).toEqual([201, false]);
    expect(await findInvitation(nobody(ctx), tokenIn(body['invitation_url']))).toBeDefined();
  });

  it('tells subscribers of it, with the address masked', async () => {
    const ctx = await aPeopleWorld();
    await invite(ctx, operator);
    const [event] = recordedEvents(ctx).filter(({ type }) => type === 'member.invited');
    expect(event?.object).toMatchObject({ email: 'a•••@e•••.com', role: 'operator' });
  });

  it('masks the address for a credential that may not read members', async () => {
    const ctx = await aPeopleWorld();
    const writer = keyHolder({
      scopes: [
        'admin:write',
        'vendors:read',
        'payouts:read',
        'sites:read',
        'sessions:read',
        'analytics:read',
      ],
    });
    const asked = { ...operator, role: 'vendor' };
    const { body } = await invite(ctx.as({ actor: writer }), asked);
    expect(body['email']).toBe('a•••@e•••.com');
  });

  it('sends a new link to one who has not joined, and voids the old one', async () => {
    const ctx = await aPeopleWorld();
    const first = await invite(ctx, operator);
    const again = await invite(ctx, { email: 'ASHA@example.com ', role: 'support' });
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({
      id: first.body['id'],
      role: 'support',
      site_ids: null,
      resource_version: 2,
    });
    expect(await findInvitation(nobody(ctx), tokenIn(first.body['invitation_url']))).toBe(
      undefined,
    );
    const open = await findInvitation(nobody(ctx), tokenIn(again.body['invitation_url']));
    expect(open).toMatchObject({ email: EMAIL, role: 'support', organization_id: 'demo' });
  });

  it('refuses an address that has joined, and takes one that was removed as somebody new', async () => {
    const ctx = await aPeopleWorld();
    const { id } = await aMember(ctx, EMAIL, { role: 'support' });
    expect((await invite(ctx, operator)).body['code']).toBe('conflict');
    await remove(ctx, id);
    const { status, body } = await invite(ctx, operator);
    expect(status).toBe(201);
    expect(body['id']).not.toBe(id);
  });

  it('lets an address be a member of two organizations', async () => {
    const ctx = await aPeopleWorld();
    await aMember(ctx, EMAIL, { role: 'owner' });
    const other = ctx.as({ tenantId: 'other' });
    expect((await invite(other, { email: EMAIL, role: 'owner' })).status).toBe(201);
    expect((await list(other)).body['total']).toBe(1);
  });

  it('sends an address five letters an hour, and no more', async () => {
    const ctx = await aPeopleWorld();
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) statuses.push((await invite(ctx, operator)).status);
    expect(statuses).toEqual([201, 200, 200, 200, 200, 429]);
    ctx.tick(3_600_000);
    expect((await invite(ctx, operator)).status).toBe(200);
  });

  it.each([
    ['a vendor without sites', { role: 'vendor' }, 'site_ids role'],
    ['an owner of one site', { role: 'owner', site_ids: ['BLR-IND'] }, 'site_ids role'],
    [
      'a site that is not there',
      { role: 'support', site_ids: ['NOWHERE'] },
      'site_ids.0 not_found',
    ],
  ])('refuses %s', async (_, access, wrong) => {
    const ctx = await aPeopleWorld();
    const { status, body } = await invite(ctx, { email: EMAIL, ...access });
    const [first] = Array.isArray(body['errors']) ? body['errors'] : [];
    expect([status, `${first?.field} ${first?.code}`]).toEqual([422, wrong]);
  });
});

describe('an invitation', () => {
  const invited = async () => {
    const ctx = await aPeopleWorld();
    const { body } = await invite(ctx, operator);
    return { ctx, id: String(body['id']), token: tokenIn(body['invitation_url']) };
  };
  const accept = { name: 'Asha Rao', password: PASSWORD };

  it('is accepted once, and makes a member', async () => {
    const { ctx, token } = await invited();
    const member = await acceptInvitation(nobody(ctx), token, accept);
    expect(member).toMatchObject({ status: 'active', name: 'Asha Rao', role: 'operator' });
    await expect(acceptInvitation(nobody(ctx), token, accept)).rejects.toMatchObject({
      code: 'gone',
    });
    const types = recordedEvents(ctx).map(({ type }) => type);
    expect(types.filter((type) => type === 'member.joined')).toHaveLength(1);
  });

  it('makes one member where it is accepted twice at once', async () => {
    const { ctx, token } = await invited();
    const both = [1, 2].map(() => acceptInvitation(nobody(ctx), token, accept));
    const ends = (await Promise.allSettled(both)).map(({ status }) => status);
    expect(ends.sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is good for seven days', async () => {
    const { ctx, token } = await invited();
    ctx.tick(7 * DAY - 1000);
    expect(await findInvitation(nobody(ctx), token)).toBeDefined();
    ctx.tick(1000);
    expect(await findInvitation(nobody(ctx), token)).toBe(undefined);
    await expect(acceptInvitation(nobody(ctx), token, accept)).rejects.toMatchObject({
      code: 'gone',
    });
  });

  it('is void when it is withdrawn', async () => {
    const { ctx, id, token } = await invited();
    expect((await remove(ctx, id)).body['status']).toBe('removed');
    expect(await findInvitation(nobody(ctx), token)).toBe(undefined);
  });

  it('gives what was changed since it was sent', async () => {
    const { ctx, id, token } = await invited();
    await change(ctx, id, { role: 'read_only' });
    expect(await acceptInvitation(nobody(ctx), token, accept)).toMatchObject({ role: 'read_only' });
  });

  it('takes no password that others would try first', async () => {
    const { ctx, token } = await invited();
    for (const password of ['short', 'asha@example.com', 'Demo Charging', 'aaaaaaaaaaaaaa']) {
      const accepting = acceptInvitation(nobody(ctx), token, { name: 'Asha', password });
      await expect(accepting).rejects.toMatchObject({ code: 'validation_failed' });
    }
    expect(await findInvitation(nobody(ctx), token)).toBeDefined();
  });
});

describe('whoever invites', () => {
  it('gives no role that may more than they', async () => {
    const ctx = await aPeopleWorld();
    const admin = await aMember(ctx, 'admin@example.com', { role: 'admin' });
    const as = ctx.as({ actor: acting(admin) });
    expect((await invite(as, { email: EMAIL, role: 'owner' })).body['code']).toBe(
      'insufficient_scope',
    );
    expect((await invite(as, { email: EMAIL, role: 'finance' })).status).toBe(201);
  });

  it('gives no sites beyond their own, and their own where none are named', async () => {
    const ctx = await aPeopleWorld();
    const access = { role: 'admin', site_ids: ['BLR-IND'] };
    const admin = await aMember(ctx, 'admin@example.com', access);
    const as = ctx.as({ actor: acting(admin) });
    for (const site_ids of [null, ['DEL-1'], ['BLR-IND', 'DEL-1']])
      expect((await invite(as, { email: EMAIL, role: 'support', site_ids })).body['code']).toBe(
        'site_restricted',
      );
    const { body } = await invite(as, { email: EMAIL, role: 'support' });
    expect(body['site_ids']).toEqual(['BLR-IND']);
  });
});
