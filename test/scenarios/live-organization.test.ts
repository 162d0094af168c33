import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ChargerView } from '#shared/chargers/charger.ts';
import { UnclaimedCharger } from '#shared/chargers/events.ts';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { listOf } from '#shared/http/list.ts';
import { ApiClient } from '#test/support/api-client.ts';
import { eventually } from '#test/support/eventually.ts';
import { handshake } from '#test/support/local-host.ts';
import { anOrganizationIn } from '#test/support/organizations.ts';
import { aPublicCharger } from '#test/support/public-charger.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const Registered = ChargerView.extend({ ocpp_url: z.string(), ocpp_password: z.string() });
const Unclaimed = listOf('unclaimed_chargers', UnclaimedCharger);
const Events = listOf('events', EventEnvelope);

/** A host with the sandbox and the organization `volt`, which is in earnest. */
async function aHostOfTwo() {
  const dataDir = temporaryFolder();
  const key = await anOrganizationIn(dataDir, 'volt', true);
  const { ready, api: sandbox } = await aSandboxHost({ dataDir });
  const volt = new ApiClient({ api: ready.api, api_key: key });
  return { ready, sandbox, volt, url: ready.ocpp.replace('/demo', '/volt') };
}

const basic = (identity: string, password: string) => ({
  headers: { Authorization: `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}` },
});

describe('an organization in live mode', () => {
  it('refuses an unknown identity with 404, lists it as unclaimed, and lets it in once it is registered', async () => {
    const { volt, sandbox, url } = await aHostOfTwo();
    expect(await handshake(`${url}/GHOST-1`)).toMatchObject({ status: 404 });
    expect(await handshake(`${url}/GHOST-1`)).toMatchObject({ status: 404 });
    expect(await volt.get('/v1/unclaimed-chargers', Unclaimed)).toMatchObject({
      unclaimed_chargers: [{ identity: 'GHOST-1', reason: 'not_registered', attempts: 2 }],
    });
    expect(await sandbox.get('/v1/unclaimed-chargers', Unclaimed)).toMatchObject({
      unclaimed_chargers: [],
    });

    const charger = await volt.post('/v1/chargers', { id: 'GHOST-1' }, Registered);
    expect(charger.ocpp_url).toBe(`${url}/GHOST-1`);
    const { status } = await handshake(`${url}/GHOST-1`, basic('GHOST-1', charger.ocpp_password));
    expect(status).toBe(101);
    expect(await volt.get('/v1/unclaimed-chargers', Unclaimed)).toMatchObject({
      unclaimed_chargers: [],
    });
  });

  it('asks a registered charger for its password, which it takes as text and as bytes', async () => {
    const { volt, url } = await aHostOfTwo();
    const { ocpp_password: password } = await volt.post('/v1/chargers', { id: 'V-1' }, Registered);
    const wrong = `${password.slice(0, -1)}${password.endsWith('0') ? '1' : '0'}`;
    expect(await handshake(`${url}/V-1`)).toMatchObject({ status: 401 });
    expect(await handshake(`${url}/V-1`, basic('V-1', wrong))).toMatchObject({ status: 401 });
    expect(await handshake(`${url}/V-1`, basic('V-2', password))).toMatchObject({ status: 401 });
    expect(await volt.get('/v1/unclaimed-chargers', Unclaimed)).toMatchObject({
      unclaimed_chargers: [{ identity: 'V-1', reason: 'bad_credentials', attempts: 3 }],
    });

    const bytes = Buffer.concat([Buffer.from('V-1:'), Buffer.from(password, 'hex')]);
    const asBytes = { headers: { Authorization: `Basic ${bytes.toString('base64')}` } };
    expect(await handshake(`${url}/V-1`, asBytes)).toMatchObject({ status: 101 });
    const charger = aPublicCharger({ url, identity: 'V-1', protocol: 'ocpp1.6', password });
    await charger.connect();
    const boot = { chargePointVendor: 'Acme', chargePointModel: 'Street 22' };
    expect(await charger.say('BootNotification', boot)).toMatchObject({ status: 'Accepted' });
    expect(await volt.get('/v1/chargers/V-1', ChargerView)).toMatchObject({ livemode: true });
  });

  it('refuses a strange card, and bills what it charged all the same', async () => {
    const { volt, url } = await aHostOfTwo();
    const { ocpp_password: password } = await volt.post('/v1/chargers', { id: 'V-1' }, Registered);
    const charger = aPublicCharger({ url, identity: 'V-1', protocol: 'ocpp1.6', password });
    await charger.connect();
    await charger.say('BootNotification', { chargePointVendor: 'A', chargePointModel: 'B' });
    const at = () => new Date().toISOString();
    const refused = { idTagInfo: { status: 'Invalid' } };
    expect(await charger.say('Authorize', { idTag: 'STRANGER' })).toEqual(refused);
    const start = { connectorId: 1, idTag: 'STRANGER', meterStart: 10, timestamp: at() };
    const begun = await charger.say('StartTransaction', start);
    expect(begun).toMatchObject({ ...refused, transactionId: expect.any(Number) });
    const { transactionId } = begun;
    await charger.say('StopTransaction', { transactionId, meterStop: 60, timestamp: at() });
    const cdr = await eventually(async () => {
      const { cdrs } = z
        .object({ cdrs: z.array(z.unknown()) })
        .parse((await volt.ask('GET', '/v1/cdrs?charger_id=V-1')).body);
      expect(cdrs).toHaveLength(1);
      return cdrs[0];
    });
    expect(cdr).toMatchObject({ energy_kwh: 0.05, livemode: true });
  });
});

describe('two organizations on one deployment', () => {
  it('never see each other: what is one’s own is 404 to the other, as if it did not exist', async () => {
    const { volt, sandbox } = await aHostOfTwo();
    await volt.post('/v1/chargers', { id: 'V-1' }, Registered);
    await volt.post('/v1/sites', { id: 'V-SITE', name: 'Depot' }, z.unknown());
    const Made = z.object({ id: z.string() });
    const hook = { url: 'http://127.0.0.1:9999/hooks' };
    const { id: hookId } = await sandbox.post('/v1/webhook-endpoints', hook, Made);

    const ofVolt: [string, string, object?][] = [
      ['GET', '/v1/chargers/V-1'],
      ['GET', '/v1/chargers/V-1/status'],
      ['PATCH', '/v1/chargers/V-1', { name: 'Renamed' }],
      ['POST', '/v1/sessions', { charger_id: 'V-1', connector: 1 }],
      ['POST', '/v1/chargers/V-1/commands/reset', { type: 'soft' }],
      ['GET', '/v1/sites/V-SITE'],
      ['PATCH', '/v1/sites/V-SITE', { name: 'Renamed' }],
      ['PATCH', '/v1/tariffs/V-SITE', { energy_rate: '0.0100' }],
      ['DELETE', '/v1/chargers/V-1'],
    ];
    const ofSandbox: typeof ofVolt = [
      ['GET', '/v1/chargers/BLR-014'],
      ['GET', '/v1/tariffs/BLR-IND'],
      ['GET', `/v1/webhook-endpoints/${hookId}`],
      ['POST', `/v1/webhook-endpoints/${hookId}/test`, {}],
      ['DELETE', `/v1/webhook-endpoints/${hookId}`],
    ];
    const calls = [
      ...ofVolt.map((call) => ({ owner: volt, other: sandbox, call })),
      ...ofSandbox.map((call) => ({ owner: sandbox, other: volt, call })),
    ];
    for (const { owner, other, call } of calls) {
      const [method, path, body] = call;
      const answer = await other.ask(method, path, { body });
      expect(answer, `${method} ${path}`).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      });
      const own = await owner.ask(method, path, { body });
      expect(own.status, `${method} ${path}`).not.toBe(404);
    }
    const { events } = await eventually(async () => {
      const page = await volt.get('/v1/events', Events);
      expect(page.events.map(({ type }) => type)).toContain('site.created');
      return page;
    });
    for (const event of events)
      expect(event).toMatchObject({ organization_id: 'volt', livemode: true });
  });

  it('may have chargers and sites of the same names', async () => {
    const { volt, sandbox } = await aHostOfTwo();
    await volt.post('/v1/chargers', { id: 'BLR-014', name: 'Ours' }, Registered);
    expect(await volt.get('/v1/chargers/BLR-014', ChargerView)).toMatchObject({ name: 'Ours' });
    expect(await sandbox.get('/v1/chargers/BLR-014', ChargerView)).toMatchObject({
      name: 'MX-EV-22 014',
      site_id: 'BLR-IND',
    });
  });
});
