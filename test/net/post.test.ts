import { describe, expect, test } from 'vitest';
import { type PostRequest, post } from '#shared/net/post.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';

const asked = (url: string, more: Partial<PostRequest> = {}): PostRequest => ({
  url,
  headers: {},
  body: Uint8Array.of(0x30, 0x00, 0xff),
  publicOnly: false,
  httpsOnly: false,
  timeoutMs: 2000,
  answerBytes: 10,
  ...more,
});

describe('a post to a server that somebody named', () => {
  test('carries bytes as they are, and reads bytes as they are', async () => {
    await using server = await loopbackServer();
    server.answer((response) => response.writeHead(200).end(Uint8Array.of(0, 255, 10)));
    const { status, body, whole } = await post(asked(server.url));
    expect({ status, body: [...body], whole }).toEqual({
      status: 200,
      body: [0, 255, 10],
      whole: true,
    });
    expect(server.received[0]?.headers['content-length']).toBe('3');
  });

  test('reads no more of the answer than it was told to, and says so', async () => {
    await using server = await loopbackServer();
    server.answer((response) => response.writeHead(200).end('x'.repeat(100_000)));
    const { status, body, whole } = await post(asked(server.url));
    expect({ status, length: body.length, whole }).toEqual({
      status: 200,
      length: 10,
      whole: false,
    });
  });

  test('says that an answer was broken off', async () => {
    await using server = await loopbackServer();
    server.answer((response) => {
      response.writeHead(200, { 'content-length': '8' }).write('half');
      response.on('error', () => {}).destroy();
    });
    const answer = await post(asked(server.url));
    expect(answer.whole).toBe(false);
  });

  test('reaches no private address in live mode, over plain HTTP either', async () => {
    for (const url of ['http://127.0.0.1/', 'http://10.0.0.1/', 'http://localhost:8080/'])
      expect(await post(asked(url, { publicOnly: true }))).toMatchObject({
        status: null,
        error: 'The address is private or reserved.',
      });
  });

  test.each(['file:///etc/passwd', 'ftp://example.com/', 'not a url', ''])(
    'speaks nothing but HTTP: %s',
    async (url) => {
      expect(await post(asked(url))).toMatchObject({ status: null, whole: false });
    },
  );
});
