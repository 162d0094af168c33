import { afterEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '#simulator/client.ts';
import type { SimulatorOptions } from '#simulator/simulator-options.ts';
import { aCertificate } from '#test/simulator/a-certificate.ts';
import { PaperPlatform } from '#test/simulator/paper-platform.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';
import { SecurePlatform } from '#test/simulator/secure-platform.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
const opened = <T extends { close(): Promise<void> }>(one: T): T => {
  open.push(one);
  return one;
};
const simulator = (options: Omit<SimulatorOptions, 'charger'> & { identity?: string }): Simulator =>
  opened(
    startSimulator({
      seed: 11,
      rebootMs: 0,
      firstRetryMs: 5,
      ...options,
      charger: sandboxCharger(options.identity ?? 'BLR-011'),
    }),
  );
const passwordsOf = (csms: PaperPlatform) =>
  csms.handshakes.map(({ authorization }) =>
    Buffer.from(authorization?.slice(6) ?? '', 'base64')
      .toString()
      .split(':')
      .at(-1),
  );

const root = aCertificate({ name: 'Root' });
const server = aCertificate({ name: 'csms.example', issuer: root });
const secure = async () => opened(await SecurePlatform.start(server, root));
const trusted = { ca: root.pem, servername: 'csms.example' };
const privateKeyOf = (one: typeof root) =>
  one.keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('how a charger gets in', () => {
  it('comes back with its new password by itself', async () => {
    const csms = opened(await PaperPlatform.start());
    const one = simulator({ url: csms.url, password: 'first' });
    await one.whenOnline();
    const value = '41'.repeat(16);
    await csms.call('BLR-011', 'ChangeConfiguration', { key: 'AuthorizationKey', value });
    await csms.until(() => csms.handshakes.length >= 2);
    expect(passwordsOf(csms)).toEqual(['first', 'A'.repeat(16)]);
  });

  it('does the same with the password of 2.0.1, which is text', async () => {
    const csms = opened(await PaperPlatform.start());
    const one = simulator({ url: csms.url, identity: 'BLR-015' });
    await one.whenOnline();
    const where = {
      component: { name: 'SecurityCtrlr' },
      variable: { name: 'BasicAuthPassword' },
      attributeValue: 'correct-horse-battery',
    };
    await csms.call('BLR-015', 'SetVariables', { setVariableData: [where] });
    await csms.until(() => csms.handshakes.length >= 2);
    expect(passwordsOf(csms).at(-1)).toBe('correct-horse-battery');
  });

  it('puts the hexadecimal text of its key into the header, where it is one of those [gotcha 7]', async () => {
    const csms = opened(await PaperPlatform.start());
    const AuthorizationKey = '4d'.repeat(16);
    const variables = { AuthorizationKey };
    await simulator({ url: csms.url, variables, passwordForm: 'hex_text' }).whenOnline();
    expect(passwordsOf(csms)).toEqual([AuthorizationKey]);
  });

  it('falls back on the password before when the new one is refused', async () => {
    const csms = await secure();
    csms.password = 'first';
    const variables = { AuthorizationKey: '41'.repeat(16) };
    const one = simulator({ url: csms.url, password: 'first', tls: trusted, variables });
    await one.whenOnline();
    expect(csms.refusals).toBe(1);
    expect(csms.seen.map(({ password }) => password)).toEqual(['first']);
  });

  it('offers the subprotocols it is told to, or none [gotcha 3]', async () => {
    const csms = await secure();
    const url = csms.url;
    const charger = (rest: Partial<SimulatorOptions>) =>
      simulator({ url, tls: trusted, identity: 'BLR-015', ...rest }).whenOnline();
    await charger({ subprotocol: 'ocpp2.1' });
    await charger({ misbehave: { subprotocols: [] } });
    await charger({ misbehave: { subprotocols: ['ocpp9', 'ocpp1.6'] } });
    expect(csms.seen.map(({ subprotocol }) => subprotocol)).toEqual(['ocpp2.1', '', 'ocpp9']);
  });

  it('connects where its network profile says, and where it was when nobody is there', async () => {
    const [first, second] = [opened(await PaperPlatform.start()), await PaperPlatform.start()];
    const one = simulator({ url: first.url, identity: 'BLR-015' });
    await one.whenOnline();
    const connectionData = {
      ocppVersion: 'OCPP20',
      ocppTransport: 'JSON',
      ocppCsmsUrl: second.url,
      messageTimeout: 30,
      securityProfile: 1,
      ocppInterface: 'Wired0',
    };
    await first.call('BLR-015', 'SetNetworkProfile', { configurationSlot: 1, connectionData });
    const component = { name: 'OCPPCommCtrlr' };
    const setVariableData = [
      { component, variable: { name: 'NetworkConfigurationPriority' }, attributeValue: '1,0' },
      { component, variable: { name: 'NetworkProfileConnectionAttempts' }, attributeValue: '1' },
    ];
    await first.call('BLR-015', 'SetVariables', { setVariableData });
    await first.call('BLR-015', 'Reset', { type: 'Immediate' });
    await second.untilHeard('BootNotification');
    await second.close();
    await first.until(() => first.handshakes.length === 2);
  });

  it('leaves its old connection open beside the new one [gotcha 4]', async () => {
    const csms = opened(await PaperPlatform.start());
    const one = simulator({ url: csms.url, misbehave: { oldSocketMs: 60_000 } });
    await one.whenOnline();
    one.goOffline();
    one.goOnline();
    await one.whenOnline();
    expect(csms.openSockets).toBe(2);
  });
});

describe('a charger behind TLS', () => {
  it('trusts the root it was given, and no other', async () => {
    const csms = await secure();
    const why: string[] = [];
    const log = (message: string) => why.push(message);
    const one = simulator({ url: csms.url, tls: { servername: 'csms.example' }, log });
    await one.until(() => why.length > 0);
    expect(why[0]).toMatch(/certificate|issuer/i);
    await simulator({ url: csms.url, tls: trusted }).whenOnline();
    expect(csms.seen).toHaveLength(1);
  });

  it('trusts a root that the platform installed', async () => {
    const csms = await secure();
    const one = simulator({ url: csms.url, tls: { servername: 'csms.example' } });
    one.happens({ type: 'install_root', use: 'csms', pem: root.pem });
    await one.whenOnline();
  });

  it('shows the certificate it was built with', async () => {
    const csms = await secure();
    const own = aCertificate({ name: 'MX7-2026-00011', issuer: root });
    const tls = { ...trusted, cert: own.pem, key: privateKeyOf(own) };
    await simulator({ url: csms.url, tls }).whenOnline();
    expect(csms.seen.map(({ client }) => client)).toEqual(['MX7-2026-00011']);
  });

  it('goes over to TLS when its security profile is raised, and only with the means for it', async () => {
    const [plain, behindTls] = [opened(await PaperPlatform.start()), await secure()];
    const one = simulator({
      url: plain.url,
      secureUrl: behindTls.url,
      tls: { servername: 'csms.example' },
      variables: { AuthorizationKey: '41'.repeat(16), SecurityProfile: '1' },
    });
    await one.whenOnline();
    const raise = () =>
      plain.call('BLR-011', 'ChangeConfiguration', { key: 'SecurityProfile', value: '2' });
    expect((await raise())[2]).toEqual({ status: 'Rejected' });
    const certificateType = 'CentralSystemRootCertificate';
    await plain.call('BLR-011', 'InstallCertificate', { certificateType, certificate: root.pem });
    expect((await raise())[2]).toEqual({ status: 'Accepted' });
    await one.until(({ online }) => !online);
    await one.whenOnline();
    expect(behindTls.seen.map(({ password }) => password)).toEqual(['A'.repeat(16)]);
  });
});
