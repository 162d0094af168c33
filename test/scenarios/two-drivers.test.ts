import { describe, expect, it } from 'vitest';
import { sandbox } from '#local/sandbox.ts';
import { CdrView } from '#shared/cdrs/cdr-view.ts';
import { driverScopes } from '#shared/drivers/driver-scopes.ts';
import { listOf } from '#shared/http/list.ts';
import { LiveTicketView } from '#shared/live/live-ticket.ts';
import { SessionView } from '#shared/sessions/session-view.ts';
import { ApiClient } from '#test/support/api-client.ts';
import { eventually } from '#test/support/eventually.ts';
import { aLiveClient } from '#test/support/live-client.ts';
import { discover, redeem, setOut } from '#test/support/oauth-app.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';

const Sessions = listOf('sessions', SessionView);
const Cdrs = listOf('cdrs', CdrView);
const topics = ['sessions', 'meter_values', 'payments'];

/** Somebody opens the sandbox's app, and signs in by the code of test mode. */
async function signIn(api: string, email: string) {
  const scope = `openid ${driverScopes.join(' ')}`;
  const journey = await setOut(await discover(api, sandbox.driverApp), { scope });
  const { browser } = journey;
  const code = await browser.press(journey.page, 'Send me a code', { email });
  const consent = await browser.press(code, 'Sign in', { code: '424242' });
  const tokens = await redeem(journey, (await browser.press(consent, 'Allow')).url);
  const app = new ApiClient({ api, api_key: tokens.access_token });
  return { app, id: tokens.claims()?.sub ?? '' };
}

async function watch(app: ApiClient) {
  const client = await aLiveClient(
    (await app.post('/v1/live-tickets', { topics }, LiveTicketView)).url,
  );
  await client.frame('hello');
  return client;
}

describe('two drivers at one site', () => {
  it('sign in by code, charge side by side, and see nothing of each other', async () => {
    const { api, ready } = await aSandboxHost({ speed: 60 });
    const [asha, ben] = [
      await signIn(ready.api, 'asha@example.com'),
      await signIn(ready.api, 'ben@example.com'),
    ];
    expect(asha.id).toMatch(/^drv_/);
    const seen = { asha: await watch(asha.app), ben: await watch(ben.app) };
    for (const charger of ['BLR-013', 'BLR-014']) await api.whenFree(charger);
    const hers = await asha.app.startSession({ charger_id: 'BLR-014', connector: 1 });
    const his = await ben.app.startSession({ charger_id: 'BLR-013', connector: 1 });
    expect(hers).toMatchObject({ driver_id: asha.id, auth_method: 'app' });
    for (const id of [hers.id, his.id])
      await api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > 1);

    expect(await ben.app.ask('GET', `/v1/sessions/${hers.id}`)).toMatchObject({ status: 404 });
    expect(await ben.app.ask('DELETE', `/v1/sessions/${hers.id}`)).toMatchObject({ status: 404 });
    const status = await ben.app.ask('GET', '/v1/chargers/BLR-014/status');
    expect(JSON.stringify(status.body)).not.toContain(hers.id);
    const taken = { charger_id: 'BLR-014', connector: 1 };
    const refused = await ben.app.ask('POST', '/v1/sessions', { body: taken });
    expect(refused).toMatchObject({ status: 409, body: { code: 'connector_in_use' } });
    expect(JSON.stringify(refused.body)).not.toContain(hers.id);
    expect(await ben.app.ask('GET', '/v1/drivers')).toMatchObject({ status: 403 });

    for (const [{ app }, { id }] of [
      [asha, hers],
      [ben, his],
    ] as const) {
      await app.stopSession(id);
      await app.settled(id);
      expect((await app.get('/v1/sessions', Sessions)).sessions.map((one) => one.id)).toEqual([id]);
      const { cdrs, total } = await app.get('/v1/cdrs?include_total=true', Cdrs);
      expect([cdrs.map((cdr) => cdr.session_id), total]).toEqual([[id], 1]);
    }
    for (const [client, own] of [
      [seen.asha, hers],
      [seen.ben, his],
    ] as const) {
      await client.event('cdr.created');
      await eventually(() => expect(client.ofType('session.ended')).toHaveLength(1));
      const sessions = new Set(client.events.map(({ scope }) => scope.session_id));
      expect(sessions).toEqual(new Set([own.id]));
      expect(client.ofType('session.meter_values').length).toBeGreaterThan(0);
    }
  });
});
