import { expect, test } from 'vitest';
import * as z from 'zod';
import { endpoint as getOrganization } from '#functions/api/organization/get-organization.ts';
import { handler as authorizeRequest } from '#functions/auth/authorize-request.ts';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { completeDriverSignIn } from '#shared/drivers/complete-sign-in.ts';
import { startDriverSignIn } from '#shared/drivers/start-sign-in.ts';
import { admitConnection, judgeTicket } from '#shared/live/admit.ts';
import { acceptInvitation } from '#shared/members/accept-invitation.ts';
import { signInMember } from '#shared/members/sign-in-member.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';
import { aLambdaContext, anAuthorizerEvent, aProxyEvent } from '#test/support/gateway-event.ts';
import { answerAll, ask, endpoints, firstOf, make } from '#test/support/isolation/place.ts';
import { asText, type Kept, spellings, watchWhatIsKept } from '#test/support/kept.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';
import { ocppDoor } from '#test/support/ocpp-door.ts';
import { useTestRuntime } from '#test/support/runtime.ts';
import { settle } from '#test/support/settle.ts';

const CHARGER = { charger_id: 'CP-1' };
const told = (body: Readonly<Record<string, unknown>>, name: string) =>
  z.string().parse(body[name]);

/** Where a secret was written down, or told again. */
function tracesOf(ctx: TestContext, kept: Kept, secret: string): string[] {
  const places = {
    rows: kept.rows,
    messages: kept.traffic,
    logs: ctx.logs,
    counts: ctx.counts,
    live: ctx.sent.live,
  };
  return Object.entries(places)
    .filter(([, what]) => {
      const text = asText(what);
      return spellings(secret).some((spelling) => text.includes(spelling));
    })
    .map(([place]) => place);
}

function theWatched() {
  const ctx = testContext();
  return { ctx, kept: watchWhatIsKept(ctx) };
}

test('the secret of an API key is in its answer alone, also when it is used', async () => {
  const { ctx, kept } = theWatched();
  useTestRuntime(ctx);
  const body = { name: 'Backend', scopes: ['admin:read', 'audit:read'] };
  const secret = told(await ask(ctx, 'createApiKey', { body }), 'secret');
  const authorized = await authorizeRequest(
    anAuthorizerEvent({ authorization: `Bearer ${secret}` }),
  );
  expect(authorized.context).toMatchObject({ organization_id: 'demo' });
  const wrong = anAuthorizerEvent({ authorization: `Bearer ${secret}x` });
  expect((await authorizeRequest(wrong)).context).toMatchObject({ organization_id: '' });
  const context = Object.entries(authorized.context ?? {}).map(([k, v]) => [k, String(v)]);
  const event = aProxyEvent({
    headers: { Authorization: `Bearer ${secret}`, 'User-Agent': 'billing/2' },
    authorizer: Object.fromEntries(context),
  });
  const { statusCode } = await serve(getOrganization)(event, aLambdaContext());
  expect(statusCode).toBe(200);
  await settle(ctx);
  expect(tracesOf(ctx, kept, secret)).toEqual([]);
});

test('a charger’s password is in the answer that told it, and on its way to the charger', async () => {
  const { ctx, kept } = theWatched();
  const made = await ask(ctx, 'createCharger', { body: { id: 'CP-1' } });
  const first = told(Object(made['credentials'] ?? made['connection'] ?? made), 'ocpp_password');
  const door = ocppDoor(ctx);
  const opened = await door.knock({ segment: 'CP-1', password: first });
  expect(opened.status).toBeLessThan(400);
  const wrong = 'Wr0ngPasswordOfSomebody';
  expect((await door.knock({ segment: 'CP-1', password: wrong })).status).toBeGreaterThan(400);
  const boot = { chargePointVendor: 'Magma', chargePointModel: 'MX' };
  await opened.say(JSON.stringify([2, 'b', 'BootNotification', boot]));
  const rotated = await ask(ctx, 'rotateChargerCredentials', { params: CHARGER });
  const second = told(Object(rotated['credentials']), 'ocpp_password');
  await settle(ctx);
  // The one place where it has to be.
  expect(asText(ctx.sent.ocpp)).toMatch(new RegExp(spellings(second).join('|'), 'i'));
  for (const secret of [first, wrong, second]) expect(tracesOf(ctx, kept, secret)).toEqual([]);
  const seen = await Promise.all(
    ['listOcppMessages', 'listCommands'].map((list) =>
      ask(ctx, list, list === 'listCommands' ? { query: CHARGER } : { params: CHARGER }),
    ),
  );
  for (const secret of [first, wrong, second])
    for (const spelling of spellings(secret)) expect(asText(seen)).not.toContain(spelling);
});

test('a password in a raw call goes to the charger, and lies sealed until then', async () => {
  const { ctx, kept } = theWatched();
  const charger = await anOnlineCharger(ctx, 'CP-1');
  const secret = 'W1fiPasswordOfTheGarage';
  const payload = { key: 'WifiPassword', value: secret };
  const body = { action: 'ChangeConfiguration', payload };
  await ask(ctx, 'sendRawOcppMessage', { params: CHARGER, body });
  expect(charger.calls().at(-1)).toMatchObject({ action: 'ChangeConfiguration', payload });
  await answerAll(charger);
  await settle(ctx);
  expect(tracesOf(ctx, kept, secret)).toEqual([]);
});

test('the secret of a webhook endpoint signs its deliveries, and is in no event, entry or attempt', async () => {
  const { ctx, kept } = theWatched();
  await using server = await loopbackServer();
  const made = await ask(ctx, 'createWebhookEndpoint', { body: { url: server.url } });
  const params = { webhook_endpoint_id: told(made, 'id') };
  const rotated = await ask(ctx, 'rotateWebhookSecret', { params });
  await make(ctx, 'createSite', { id: 'BLR-IND', name: 'Indiranagar' });
  await settle(ctx);
  expect(server.received.length).toBeGreaterThan(0);
  const shown = [
    await ask(ctx, 'getWebhookEndpoint', { params }),
    await ask(ctx, 'listWebhookDeliveries', { params }),
    await ask(ctx, 'listAuditEntries', {}),
    await ask(ctx, 'listEvents', {}),
    server.received.map(({ body, headers }) => [body, headers]),
  ];
  for (const secret of [told(made, 'secret'), told(rotated, 'secret')]) {
    expect(tracesOf(ctx, kept, secret)).toEqual([]);
    for (const spelling of spellings(secret)) expect(asText(shown)).not.toContain(spelling);
  }
});

test('the ticket of a live URL opens it once, and is stored as its hash alone', async () => {
  const { ctx, kept } = theWatched();
  useTestRuntime(ctx);
  const made = await ask(ctx, 'createLiveTicket', { body: { topics: ['sessions'] } });
  const ticket = told(made, 'url').split('/').at(-1) ?? '';
  expect(ticket.length).toBeGreaterThan(20);
  const within = (tenantId: string) => ({ ...ctx, tenantId });
  expect(await judgeTicket(ctx, ticket, within)).toBeTruthy();
  await admitConnection(ctx, 'live-1', ticket);
  await settle(ctx);
  expect(tracesOf(ctx, kept, ticket)).toEqual([]);
});

test('the secrets of an OAuth client are in the answers that told them', async () => {
  const { ctx, kept } = theWatched();
  const endpoint = endpoints.get('createOauthClient');
  const [example] = Object.values(endpoint?.examples ?? {}).filter(({ response }) =>
    JSON.stringify(response ?? {}).includes('mos_'),
  );
  const made = await ask(ctx, 'createOauthClient', { body: example?.body });
  const secret = /mos_[a-z]+_[\w-]{20,}/.exec(JSON.stringify(made))?.[0] ?? '';
  const client_id = await firstOf(ctx, 'listOauthClients', 'oauth_clients', {});
  const rotated = await ask(ctx, 'rotateOauthClientSecret', { params: { client_id } });
  const next = /mos_[a-z]+_[\w-]{20,}/.exec(JSON.stringify(rotated))?.[0] ?? '';
  await settle(ctx);
  for (const one of [secret, next]) {
    expect(one.length).toBeGreaterThan(20);
    expect(tracesOf(ctx, kept, one)).toEqual([]);
  }
});

test('an invitation’s link is in its letter alone, and the password it led to nowhere', async () => {
  const { ctx, kept } = theWatched();
  const email = 'asha@example.com';
  await ask(ctx, 'inviteMember', { body: { email, name: 'Asha', role: 'operator' } });
  await settle(ctx);
  const token = ctx.mail.linkTo(email).split(/[/=]/).at(-1) ?? '';
  expect(token.length).toBeGreaterThan(20);
  const password = 'Quite-a-long-one-of-mine';
  await acceptInvitation(ctx, token, { name: 'Asha', password });
  expect(await signInMember(ctx, { email, password })).toMatchObject({ email });
  expect(await signInMember(ctx, { email, password: `${password}!` })).toBeUndefined();
  await settle(ctx);
  for (const secret of [token, password]) expect(tracesOf(ctx, kept, secret)).toEqual([]);
});

test('the code a driver signs in by is in the letter alone', async () => {
  const ctx = testContext({ livemode: true });
  const kept = watchWhatIsKept(ctx);
  const email = 'ravi@example.com';
  await ask(ctx, 'createDriver', { body: { name: 'Ravi', email } });
  const { challenge_id } = await startDriverSignIn(ctx, { email });
  await settle(ctx);
  const letter = ctx.mail.sent.find(({ to }) => to === email);
  const code = /\b\d{6}\b/.exec(letter?.text ?? '')?.[0] ?? '';
  const signedIn = await completeDriverSignIn(ctx, { challenge_id, code });
  expect(signedIn.driver).toMatchObject({ email });
  await settle(ctx);
  expect(tracesOf(ctx, kept, code)).toEqual([]);
});
