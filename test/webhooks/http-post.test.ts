import { describe, expect, test } from 'vitest';
import { httpPost } from '#shared/webhooks/http-post.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';

const inTest = { headers: { 'x-a': 'b' }, body: '{}', publicOnly: false };

describe('a webhook POST', () => {
  test('sends headers and body, and answers with the beginning of what came back', async () => {
    await using server = await loopbackServer();
    server.answer((response) => response.writeHead(500).end('x'.repeat(2000)));
    const answer = await httpPost({ ...inTest, url: server.url });
    expect(answer).toEqual({
      status: 500,
      error: null,
      retryAfter: null,
      headers: { date: expect.any(String) },
      excerpt: 'x'.repeat(500),
    });
    expect(server.received).toMatchObject([
      { method: 'POST', path: '/hooks', headers: { 'x-a': 'b' }, body: '{}' },
    ]);
  });

  test('follows no redirect', async () => {
    await using server = await loopbackServer();
    server.answer((response) => response.writeHead(307, { location: '/elsewhere' }).end());
    const { status } = await httpPost({ ...inTest, url: server.url });
    expect(status).toBe(307);
    expect(server.received).toHaveLength(1);
  });

  test('tells that it still waits after two seconds, and nothing of what was quicker', async () => {
    await using server = await loopbackServer();
    const late: number[] = [];
    const since = performance.now();
    const onLate = () => late.push(performance.now() - since);
    await httpPost({ ...inTest, url: server.url, onLate });
    expect(late).toEqual([]);
    server.answer((response) => {
      setTimeout(() => response.writeHead(204).end(), 2100);
    });
    await httpPost({ ...inTest, url: server.url, onLate });
    expect(late).toHaveLength(1);
  });

  test('gives up on a server that does not answer in time', async () => {
    await using server = await loopbackServer();
    server.answer(() => {});
    const answer = await httpPost({ ...inTest, url: server.url, timeoutMs: 100 });
    expect(answer).toMatchObject({ status: null, error: 'No answer in time.' });
  });

  test('takes the status of a server that never ends its answer', async () => {
    await using server = await loopbackServer();
    server.answer((response) => response.writeHead(200).write('begun'));
    const answer = await httpPost({ ...inTest, url: server.url, timeoutMs: 200 });
    expect(answer).toMatchObject({ status: 200, excerpt: 'begun' });
  });

  test('tells a refused connection', async () => {
    const url = await closedUrl();
    const { status, error } = await httpPost({ ...inTest, url });
    expect(status).toBeNull();
    expect(error).toContain('ECONNREFUSED');
  });

  test('sends nothing larger than 256 KB', async () => {
    await using server = await loopbackServer();
    const body = 'x'.repeat(256 * 1024 + 1);
    const { error } = await httpPost({ ...inTest, url: server.url, body });
    expect(error).toBe('The event is larger than 256 KB.');
    expect(server.received).toEqual([]);
  });

  test.each([
    ['loopback', 'https://127.0.0.1/'],
    ['loopback in disguise', 'https://0x7f.1/'],
    ['a name that resolves to loopback', 'https://localhost/'],
    ['loopback over IPv6', 'https://[::1]/'],
    ['IPv4 inside IPv6', 'https://[::ffff:10.0.0.1]/'],
    ['the metadata service', 'https://169.254.169.254/latest/meta-data'],
  ])('never reaches %s in live mode', async (_, url) => {
    const answer = await httpPost({ ...inTest, url, publicOnly: true });
    expect(answer).toMatchObject({ status: null, error: 'The address is private or reserved.' });
  });

  test('speaks HTTPS alone in live mode', async () => {
    const answer = await httpPost({ ...inTest, url: 'http://example.com/', publicOnly: true });
    expect(answer.error).toBe('Only HTTPS is allowed.');
  });

  test.each([
    ['the metadata service', 'http://169.254.169.254/'],
    ['the same over IPv6', 'http://[::ffff:169.254.169.254]/'],
    ["a Lambda's runtime", 'http://127.0.0.1:9001/2018-06-01/runtime/init/error'],
  ])('never reaches %s in test mode either', async (_, url) => {
    expect((await httpPost({ ...inTest, url })).error).toBe('The address is private or reserved.');
  });
});

/** Where a server was a moment ago. */
async function closedUrl(): Promise<string> {
  await using server = await loopbackServer();
  return server.url;
}
