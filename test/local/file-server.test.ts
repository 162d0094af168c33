import { createHash } from 'node:crypto';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FileServer } from '#local/file-server.ts';
import { FileStore } from '#local/file-store.ts';
import { openHostDatabase } from '#local/host-database.ts';
import { LOOPBACK, listen } from '#local/listen.ts';
import { type FileGrant, fileUrl } from '#shared/files/file-url.ts';
import { testContext } from '#test/support/context.ts';
import { RecordingLog } from '#test/support/recording-log.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const KEY = 'the key of this test';
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function aServer() {
  const folder = temporaryFolder();
  const database = openHostDatabase(join(folder, 'host.db'));
  const log = new RecordingLog();
  const server = createServer();
  const base = `http://${LOOPBACK}:${await listen(server, 0)}`;
  const store = new FileStore({ folder: join(folder, 'files'), database, key: KEY, base });
  const files = new FileServer({ store, key: KEY, log, onServed: () => {} });
  server.on('request', files.handle);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    database.close();
  });
  const ctx = {
    ...testContext(),
    filesKey: async () => KEY,
    urls: { api: base, ocpp: '', live: '' },
  };
  const url = (grant: Partial<FileGrant> = {}) =>
    fileUrl(ctx, {
      area: 'diagnostics',
      id: 'dia_1',
      method: 'put',
      name: 'log',
      expiresAt: inAnHour(),
      ...grant,
    });
  const put = async (body: string, to?: string) =>
    fetch(to ?? (await url()), { method: 'PUT', body });
  const got = async (headers: Record<string, string> = {}) =>
    fetch(await url({ method: 'get' }), { headers });
  return { store, url, put, got, log, base };
}

/** Sends a path as it stands: `fetch` would tidy it first. */
const rawStatus = (base: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<number>((resolve, reject) => {
    const sent = request(base, { path, method: 'PUT', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject).end();
  });

describe('a file by its signed URL', () => {
  it('is stored as it came and given back, under its name', async () => {
    const { put, got, store } = await aServer();
    expect((await put('first line\n')).status).toBe(200);
    const answer = await got();
    expect([answer.status, await answer.text()]).toEqual([200, 'first line\n']);
    expect(await store.head('diagnostics/demo/dia_1')).toMatchObject({
      size: 11,
      sha256: sha256('first line\n'),
    });
  });

  // Chargers used to FTP take the location for a folder.
  it('takes the name that a charger appends, with or without a slash, and POST for PUT', async () => {
    const { url, put, got, log } = await aServer();
    expect((await put('a', `${await url()}/CP-1_log.zip`)).status).toBe(200);
    expect(await (await got()).text()).toBe('a');
    expect((await put('b', `${await url()}CP-1_log.zip?x=1`)).status).toBe(200);
    expect(await (await got()).text()).toBe('b');
    const posted = await fetch(await url(), { method: 'POST', body: 'c' });
    expect(posted.status).toBe(200);
    expect(await (await got()).text()).toBe('c');
    expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
  });

  it.each([
    ['the whole', undefined, 200, '0123456789', null],
    ['a part', 'bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['from a place on', 'bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['the end', 'bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['more than there is', 'bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['past the end', 'bytes=10-', 416, '', 'bytes */10'],
    ['several parts', 'bytes=0-1,4-5', 200, '0123456789', null],
    ['nonsense', 'bytes=4-2', 200, '0123456789', null],
  ] as const)('gives %s', async (_name, range, status, text, contentRange) => {
    const { put, got } = await aServer();
    await put('0123456789');
    const answer = await got(range ? { Range: range } : {});
    expect([answer.status, await answer.text()]).toEqual([status, text]);
    expect(answer.headers.get('content-range')).toBe(contentRange);
  });

  it('goes on with a broken download only while the file is the same', async () => {
    const { put, got } = await aServer();
    await put('0123456789');
    const etag = (await got()).headers.get('etag') ?? '';
    const more = { Range: 'bytes=5-' };
    expect((await got({ ...more, 'If-Range': etag })).status).toBe(206);
    await put('abcdefghij');
    const other = await got({ ...more, 'If-Range': etag });
    expect([other.status, await other.text()]).toEqual([200, 'abcdefghij']);
  });

  it('tells the size of a file without the file', async () => {
    const { put, url } = await aServer();
    await put('0123456789');
    const answer = await fetch(await url({ method: 'get' }), { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '10']);
    expect(answer.headers.get('accept-ranges')).toBe('bytes');
  });
});

describe('what the URL does not allow', () => {
  it('is refused: another file, another method, another time, another organization', async () => {
    const { url, put } = await aServer();
    const good = await url();
    const expired = await url({ expiresAt: new Date(Date.now() - 1000).toISOString() });
    const forged = {
      id: good.replace('dia_1', 'dia_2'),
      organization: good.replace('/demo/', '/other/'),
      area: good.replace('/diagnostics/', '/firmware/'),
      later: good.replace(/put\.(\d+)/, (_, at: string) => `put.${Number(at) + 1}`),
      unsigned: good.replace(/\.[\w-]{43}/, `.${'A'.repeat(43)}`),
    };
    for (const [what, to] of Object.entries(forged))
      expect((await put('x', to)).status, what).toBe(403);
    expect((await put('x', expired)).status).toBe(410);
    expect((await fetch(good)).status).toBe(405);
    expect((await put('x', await url({ method: 'get' }))).status).toBe(405);
    expect((await fetch(await url({ method: 'get' }))).status).toBe(404);
  });

  it('includes places outside the store, however they are spelt', async () => {
    const { url, base } = await aServer();
    const path = (await url()).slice(base.length);
    const length = { 'content-length': '0' };
    for (const odd of ['../..', '..%2f..%2fetc', '%2e%2e', '', 'dia_1%00'])
      expect(
        await rawStatus(base, path.replace('/dia_1/', `/${odd}/`), length),
        odd,
      ).toBeGreaterThanOrEqual(403);
    for (const odd of ['/files/', '/files/..', '/files/diagnostics/put..a/demo/dia_1/x'])
      expect(await rawStatus(base, odd, length), odd).toBeGreaterThanOrEqual(403);
  });

  it('includes a file that is too large, or of no told length', async () => {
    const { url, base } = await aServer();
    const path = (await url()).slice(base.length);
    const status = (headers: Record<string, string>) => rawStatus(base, path, headers);
    expect(await status({ 'content-length': String(256 * 1024 * 1024 + 1) })).toBe(413);
    expect(await status({ 'transfer-encoding': 'chunked' })).toBe(411);
  });

  it('leaves what was there where an upload breaks off', async () => {
    const { url, put, got, base } = await aServer();
    await put('whole');
    const path = (await url()).slice(base.length);
    const broken = request(base, { path, method: 'PUT', headers: { 'content-length': '1000' } });
    const gone = new Promise((resolve) => broken.once('close', resolve));
    broken.on('error', () => {});
    await new Promise((done) => broken.write('half', done));
    broken.destroy();
    await gone;
    expect(await (await got()).text()).toBe('whole');
  });
});

describe('an upload of exactly these bytes', () => {
  const upload = async (announced: string, sent: string) => {
    const { store } = await aServer();
    const bytes = { size: announced.length, sha256: sha256(announced) };
    const { method, url, headers } = await store.acceptExactly('firmware/demo/fwi_1', bytes, 60);
    const { status } = await fetch(url, {
      method,
      body: sent,
      headers: { 'x-amz-checksum-sha256': headers['x-amz-checksum-sha256'] ?? '' },
    });
    return { status, stored: await store.head('firmware/demo/fwi_1') };
  };

  it('takes them, and no others', async () => {
    const right = await upload('image', 'image');
    expect(right).toMatchObject({ status: 200, stored: { size: 5, sha256: sha256('image') } });
    expect(await upload('image', 'imago')).toEqual({ status: 400, stored: undefined });
    expect(await upload('image', 'a longer image')).toEqual({ status: 400, stored: undefined });
  });

  it('is refused under a forged or an old URL', async () => {
    const { store } = await aServer();
    const bytes = { size: 1, sha256: sha256('x') };
    const { url } = await store.acceptExactly('firmware/demo/fwi_1', bytes, 60);
    const old = await store.acceptExactly('firmware/demo/fwi_1', bytes, -1);
    for (const to of [url.replace('fwi_1', 'fwi_2'), url.replace('/1/', '/2/'), old.url])
      expect((await fetch(to, { method: 'PUT', body: 'x' })).status).toBe(403);
  });
});
