import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ChargerView } from '#shared/chargers/charger.ts';
import { type Simulator, startSimulator } from '#simulator/client.ts';
import { moneyCharger } from '#test/scenarios/money-misbehaviour.ts';
import { eventually } from '#test/support/eventually.ts';
import type { FileHost } from '#test/support/file-host.ts';
import { handshake } from '#test/support/local-host.ts';
import { PROMPT } from '#test/support/stage.ts';

const Registered = ChargerView.extend({ ocpp_password: z.string() });
const Rotated = z.object({ id: z.string(), credentials: z.object({ ocpp_password: z.string() }) });
const ID = 'SECURED-1';

/** One charger on its way from Basic over HTTP to a certificate of its own, and never back. */
export const describeSecured = (host: FileHost, version: '1.6' | '2.0.1') =>
  describe(`a charger of OCPP ${version}, from security profile 1 to 3`, () => {
    const desk = host.desk(ID);
    const protocols = [`ocpp${version}`];
    let simulator: Simulator | undefined;
    let password = '';
    const charger = () => {
      if (!simulator) throw new Error('It does not run');
      return simulator;
    };
    const bytesOf = (hex: string) =>
      version === '1.6' ? Buffer.from(hex, 'hex') : Buffer.from(hex);
    const knock = async (secret: string) => {
      const basic = Buffer.concat([Buffer.from(`${ID}:`), bytesOf(secret)]).toString('base64');
      const headers = { Authorization: `Basic ${basic}` };
      const { status, socket } = await handshake(`${host.ocpp}/${ID}`, { protocols, headers });
      socket.terminate();
      return status;
    };
    /** A command that ends when the charger has come back. */
    const done = async (path: string, body: object) => {
      const answer = await desk.api.ask('POST', desk.path(path), { body });
      expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 202 });
      expect(await desk.ended(String(answer.body['id']))).toMatchObject({ status: 'completed' });
      return answer.body;
    };
    const certificate = () => {
      const own = charger()
        .state()
        .store.own.find(({ use }) => use === 'station');
      return new X509Certificate(own?.chain ?? '');
    };
    /** The one that was spoken over last, by its id. */
    const socket = async () => {
      await speaks();
      return (await desk.messages('Heartbeat'))[0]?.connection_id;
    };
    const speaks = async () => {
      await charger().whenOnline();
      expect(
        await desk.command('/commands/trigger-message', { message: 'heartbeat' }),
      ).toMatchObject({ status: 'completed' });
    };

    beforeAll(async () => {
      const body = { id: ID, security_profile: 1 };
      password = (await host.api.post('/v1/chargers', body, Registered)).ocpp_password;
      simulator = startSimulator({
        ...{ ...PROMPT, url: host.ocpp, secureUrl: host.tls.ocpp },
        ...{ charger: { ...moneyCharger(version), identity: ID }, password: bytesOf(password) },
        variables: { SecurityProfile: '1', 'SecurityCtrlr.SecurityProfile': '1' },
      });
      await simulator.whenOnline();
    });
    afterAll(() => simulator?.close());

    it('comes in by its password, and by no other', async () => {
      expect(await desk.read()).toMatchObject({ security_profile: 1 });
      expect(await knock(password)).toBe(101);
      expect(await knock(password.replace(/^../, '00'))).toBe(401);
      await desk.event('security.event', { type: 'BadCredentials', source: 'platform' });
      await speaks();
    });

    it('is given a new password, comes back with it, and the old one opens no door', async () => {
      const { credentials } = Rotated.parse(await done('/credentials', {}));
      await desk.event('charger.credentials_rotated');
      expect(JSON.stringify(charger().state().variables)).toContain(credentials.ocpp_password);
      expect(await knock(password)).toBe(401);
      expect(await knock(credentials.ocpp_password)).toBe(101);
      password = credentials.ocpp_password;
      const log = JSON.stringify(await desk.messages());
      expect(log).not.toContain(credentials.ocpp_password);
      await speaks();
    });

    it('is given our root, comes over TLS, and never again without', async () => {
      const root = readFileSync(host.tls.rootFile, 'utf8');
      const installed = await desk.command('/certificates', { kind: 'csms', certificate: root });
      expect(installed).toMatchObject({ status: 'completed' });
      await done('/credentials', { security_profile: 2 });
      expect(await desk.read()).toMatchObject({ security_profile: 2 });
      expect(await knock(password)).not.toBe(101);
      await speaks();
    });

    it('is given a certificate, and comes by that alone', async () => {
      await done('/certificates/renew', {});
      expect(certificate().subject).toContain('CN=M-1');
      await done('/credentials', { security_profile: 3 });
      expect(await desk.read()).toMatchObject({ security_profile: 3 });
      await speaks();
    });

    it('comes back with a renewed certificate, of another key', async () => {
      const [before, old] = [certificate(), await socket()];
      await done('/certificates/renew', {});
      expect(certificate().publicKey.equals(before.publicKey)).toBe(false);
      await desk.event('certificate.renewed');
      await eventually(async () => expect(await socket()).not.toBe(old));
      await speaks();
    });

    it('charges, and is billed', async () => {
      await host.api.whenFree(ID);
      const { id } = await host.api.startSession({ charger_id: ID, connector: 1 });
      await host.api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > 0.2);
      await host.api.stopSession(id);
      await host.api.settled(id);
      expect(await host.api.cdrsOf(id)).toHaveLength(1);
    });
  });
