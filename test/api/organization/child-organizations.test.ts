import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { endpoint as createLiveTicket } from '#functions/api/events/create-live-ticket.ts';
import { endpoint as createApiKey } from '#functions/api/organization/create-api-key.ts';
import { endpoint as createOrganization } from '#functions/api/organization/create-organization.ts';
import { endpoint as getCallerIdentity } from '#functions/api/organization/get-caller-identity.ts';
import { endpoint as listAuditEntries } from '#functions/api/organization/list-audit-entries.ts';
import { endpoint as listOrganizations } from '#functions/api/organization/list-organizations.ts';
import { endpoint as revokeApiKey } from '#functions/api/organization/revoke-api-key.ts';
import { endpoint as createSite } from '#functions/api/sites/create-site.ts';
import { endpoint as listSites } from '#functions/api/sites/list-sites.ts';
import { keys } from '#shared/db/keys.ts';
import { openConnection } from '#shared/live/connection.ts';
import { identifyApiKey } from '#shared/organizations/identify-api-key.ts';
import { mintApiKey } from '#shared/organizations/mint-api-key.ts';
import { keyHolder } from '#test/support/api-keys.ts';
import { type Call, call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const Created = z.looseObject({ id: z.string(), api_key: z.looseObject({ secret: z.string() }) });
const create = (ctx: TestContext, body: object, headers = {}) =>
  call(ctx, createOrganization, { body, headers });
const north = { id: 'demo-north', name: 'North' };
const inNorth = { 'magma-organization': 'demo-north' };

async function aParent() {
  const ctx = testContext();
  const { body } = await create(ctx, north);
  return { ctx, child: Created.parse(body) };
}
const sites = async (ctx: TestContext, headers = {}) =>
  z
    .looseObject({ sites: z.array(z.looseObject({ id: z.string() })) })
    .parse((await call(ctx, listSites, { headers })).body)
    .sites.map(({ id }) => id);

describe('createOrganization', () => {
  it('makes a child with a key of its own, shown once', async () => {
    const ctx = testContext();
    const { status, body, headers } = await create(ctx, north);
    expect(status).toBe(201);
    expect(headers['Location']).toBe('/v1/organizations?ids=demo-north');
    expect(body).toMatchObject({
      id: 'demo-north',
      parent_id: 'demo',
      livemode: false,
      currency: 'INR',
    });
    const { secret } = Created.parse(body).api_key;
    const identified = await identifyApiKey(ctx, secret, undefined);
    expect(identified).toMatchObject({ organizationId: 'demo-north', livemode: false });
    const list = await call(ctx, listOrganizations);
    expect(list.body).toMatchObject({ total: 1, organizations: [{ id: 'demo-north' }] });
    expect(list.text).not.toContain(secret);
  });

  it('makes an id up where none is given', async () => {
    const { body } = await create(testContext(), { name: 'North' });
    expect(body['id']).toMatch(/^demo-[0-9a-z]{8}$/);
  });

  it('gives the first key no more than the caller may', async () => {
    const ctx = testContext({ actor: keyHolder({ scopes: ['admin:write', 'sites:read'] }) });
    const { body } = await create(ctx, north);
    expect(body).toMatchObject({ api_key: { scopes: ['admin:write', 'sites:read'] } });
  });

  it.each([
    ['an id that is not within its own', { ...north, id: 'other-north' }, 422],
    ['its own id', { ...north, id: 'demo' }, 422],
    ['a field that there is not', { ...north, livemode: true }, 422],
  ])('refuses %s', async (_, body, status) => {
    expect((await create(testContext(), body)).status).toBe(status);
  });

  it('refuses an id that is taken, a child that wants children, and a key of one site', async () => {
    const { ctx } = await aParent();
    expect((await create(ctx, north)).body['code']).toBe('conflict');
    const grandchild = { id: 'demo-north-east', name: 'East' };
    expect((await create(ctx, grandchild, inNorth)).body['code']).toBe('conflict');
    const ofSite = ctx.as({ actor: keyHolder({ siteIds: ['BLR-IND'] }) });
    expect((await create(ofSite, grandchild)).body['code']).toBe('site_restricted');
  });

  it('makes one where it is asked twice at once', async () => {
    const ctx = testContext();
    const replies = await Promise.all([create(ctx, north), create(ctx, north)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

describe('a credential that acts for a child', () => {
  const site = { body: { id: 'NORTH-1', name: 'North one' } };

  it('is at work there and nowhere else', async () => {
    const { ctx } = await aParent();
    expect((await call(ctx, createSite, { ...site, headers: inNorth })).status).toBe(201);
    expect(await sites(ctx, inNorth)).toEqual(['NORTH-1']);
    expect(await sites(ctx)).toEqual([]);
    const event = recordedEvents(ctx).find(({ type }) => type === 'site.created');
    expect(event).toBeDefined();
  });

  it('is the same credential: who it is, what it may, what it has left', async () => {
    const { ctx } = await aParent();
    const own = await call(ctx, getCallerIdentity);
    const acting = await call(ctx, getCallerIdentity, { headers: inNorth });
    expect(acting.body).toMatchObject({
      organization_id: 'demo-north',
      home_organization_id: 'demo',
      credential: own.body['credential'],
    });
    const remaining = ({ headers }: typeof own) => Number(headers['X-RateLimit-Remaining']);
    expect(remaining(acting)).toBe(remaining(own) - 1);
  });

  it('may no more there than at home', async () => {
    const { ctx } = await aParent();
    const reader = ctx.as({ actor: keyHolder({ scopes: ['sites:read'] }) });
    const refused = await call(reader, createSite, { ...site, headers: inNorth });
    expect(refused.body['code']).toBe('insufficient_scope');
    expect(await sites(reader, inNorth)).toEqual([]);
  });

  it('is told from the child’s own in its audit log', async () => {
    const { ctx } = await aParent();
    await call(ctx, createSite, { ...site, headers: inNorth });
    const log = await call(ctx, listAuditEntries, { headers: inNorth });
    expect(log.body).toMatchObject({
      audit_entries: [{ action: 'createSite', actor: { id: 'key_test', organization_id: 'demo' } }],
    });
    const home = await call(ctx, listAuditEntries);
    expect(home.text).toContain('createOrganization');
    expect(home.text).not.toContain('createSite');
  });

  it('has idempotency keys of its own there', async () => {
    const { ctx } = await aParent();
    const twice = (headers: object): Call => ({
      ...site,
      headers: { 'idempotency-key': 'one', ...headers },
    });
    const there = await call(ctx, createSite, twice(inNorth));
    const here = await call(ctx, createSite, twice({}));
    expect([there.status, here.status]).toEqual([201, 201]);
    expect(here.headers['Idempotency-Replayed']).toBe(undefined);
    const again = await call(ctx, createSite, twice(inNorth));
    expect(again.headers['Idempotency-Replayed']).toBe('true');
  });

  it('may name its own organization as well', async () => {
    const { ctx } = await aParent();
    const { body } = await call(ctx, getCallerIdentity, {
      headers: { 'magma-organization': 'demo' },
    });
    expect(body).toMatchObject({ organization_id: 'demo', home_organization_id: null });
  });

  it('cannot act for the parent with the child’s key', async () => {
    const { ctx } = await aParent();
    const childs = { ...ctx, tenantId: 'demo-north', actor: keyHolder({}) };
    const { status } = await call(childs, getCallerIdentity, {
      headers: { 'magma-organization': 'demo' },
    });
    expect(status).toBe(404);
  });

  it('cannot act in another mode', async () => {
    const { ctx } = await aParent();
    const live = { ...ctx, livemode: true };
    expect((await call(live, getCallerIdentity, { headers: inNorth })).status).toBe(404);
  });

  it.each(['', ' ', '*', 'demo-north,demo', 'DEMO-NORTH', 'x'.repeat(4000), 'a#CHILDREN', '..'])(
    'finds no organization by the header %j',
    async (id) => {
      const { ctx } = await aParent();
      const headers = { 'magma-organization': id };
      expect((await call(ctx, getCallerIdentity, { headers })).status).toBe(404);
    },
  );

  it('gives the child’s keys no more than it has itself', async () => {
    const { ctx } = await aParent();
    const admin = ctx.as({ actor: keyHolder({ scopes: ['admin:write'] }) });
    const asked = { name: 'All', scopes: ['chargers:write'] };
    const refused = await call(admin, createApiKey, { body: asked, headers: inNorth });
    expect(refused.body['code']).toBe('insufficient_scope');
  });

  it('loses the sockets it opened there when it is revoked', async () => {
    const { ctx } = await aParent();
    await mintApiKey(ctx, { name: 'Other', scopes: ['*'] });
    const { key } = await mintApiKey(ctx, { name: 'Acting', scopes: ['*'] });
    const as = ctx.as({ actor: keyHolder({ id: key.id }) });
    const ticket = { body: { topics: ['sessions'] }, headers: inNorth };
    expect((await call(as, createLiveTicket, ticket)).status).toBe(201);
    const child = { ...ctx, tenantId: 'demo-north' };
    await openConnection(
      child,
      {
        ...{ connection_id: 'conn-1', live_url: 'wss://x', kind: 'ticket', credential_id: key.id },
        ...{ topics: ['sessions'], filter: {}, scopes: ['*'], site_ids: null, driver_id: null },
        ...{ resume_after: null, renewable_until: null },
      },
      [],
    );
    await call(ctx, revokeApiKey, { params: { api_key_id: key.id } });
    await settle(ctx);
    expect(ctx.sockets.live.closed.map(({ connectionId }) => connectionId)).toEqual(['conn-1']);
    expect(await ctx.table.get(keys.liveConnection('conn-1'))).toBe(undefined);
  });
});
