import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { startSimulator } from '#simulator/client.ts';
import { download } from '#simulator/effects/download.ts';
import { upload } from '#simulator/effects/upload.ts';
import { aCertificate } from '#test/simulator/a-certificate.ts';
import { FileServer } from '#test/simulator/file-server.ts';
import { PaperPlatform } from '#test/simulator/paper-platform.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
const opened = <T extends { close(): Promise<void> }>(one: T): T => {
  open.push(one);
  return one;
};
const IMAGE = Buffer.from('an image of firmware');
const hash = (name: string) => createHash(name).update(IMAGE).digest('hex');
const unsigned = { signingCertificate: null, signature: null };

async function server() {
  const files = opened(await FileServer.start());
  files.files.set('/images/MX-3.6.2.bin', IMAGE);
  return files;
}

describe('what a charger has done by the world', () => {
  it('downloads an image, counts and hashes it, and reads its version off its name', async () => {
    const files = await server();
    const file = await download({ url: `${files.url}/images/MX-3.6.2.bin`, ...unsigned });
    expect(file).toEqual({
      bytes: 20,
      sha256: hash('sha256'),
      md5: hash('md5'),
      version: '3.6.2',
      signatureValid: null,
    });
    expect(await download({ url: `${files.url}/none`, ...unsigned })).toBeNull();
    expect(await download({ url: 'ftp://127.0.0.1/x', ...unsigned })).toBeNull();
  });

  it.each([
    ['elliptic curve', generateKeyPairSync('ec', { namedCurve: 'prime256v1' })],
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ])('checks a signature by %s', async (_name, keys) => {
    const files = await server();
    const url = `${files.url}/images/MX-3.6.2.bin`;
    const { pem: signingCertificate } = aCertificate({ name: 'Vendor', keys });
    const signature = sign('sha256', IMAGE, keys.privateKey).toString('base64');
    expect(await download({ url, signingCertificate, signature })).toMatchObject({
      signatureValid: true,
    });
    const other = sign('sha256', Buffer.from('other'), keys.privateKey).toString('base64');
    expect(await download({ url, signingCertificate, signature: other })).toMatchObject({
      signatureValid: false,
    });
  });

  it('uploads to an address, or under its name into a folder, and hears a refusal', async () => {
    const files = await server();
    const one = (url: string) => upload({ url, fileName: 'a.log', body: 'lines' });
    expect(await one(`${files.url}/signed?key=1`)).toBe('stored');
    expect(await one(`${files.url}/logs/`)).toBe('stored');
    expect(files.puts).toEqual([
      { path: '/signed?key=1', body: 'lines' },
      { path: '/logs/a.log', body: 'lines' },
    ]);
    files.refuseWith = 403;
    expect(await one(`${files.url}/signed`)).toBe('refused');
    files.refuseWith = 500;
    expect(await one(`${files.url}/signed`)).toBe('failed');
    expect(await one('ftp://127.0.0.1/logs/')).toBe('unsupported');
  });

  it('updates itself over the network and comes back with the version of the file', async () => {
    const files = await server();
    const csms = opened(await PaperPlatform.start());
    const one = opened(
      startSimulator({
        url: csms.url,
        charger: sandboxCharger('BLR-014'),
        firstRetryMs: 5,
        rebootMs: 0,
        firmwareStageMs: 0,
      }),
    );
    await one.whenOnline();
    const location = `${files.url}/images/MX-3.6.2.bin`;
    await csms.call('BLR-014', 'UpdateFirmware', {
      location,
      retrieveDate: new Date().toISOString(),
    });
    await csms.until(() => csms.heard.some(({ payload }) => payload['status'] === 'Installed'));
    const boots = csms.heard.filter(({ action }) => action === 'BootNotification');
    expect(boots.map(({ payload }) => payload['firmwareVersion'])).toEqual(['3.4.1', '3.6.2']);
    const asked = await csms.call('BLR-014', 'GetDiagnostics', { location: `${files.url}/logs/` });
    await csms.until(() => csms.heard.some(({ payload }) => payload['status'] === 'Uploaded'));
    expect(asked[2]).toEqual({ fileName: files.puts[0]?.path.split('/').at(-1) });
  });
});
