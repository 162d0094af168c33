import { describe, expect, test } from 'vitest';
import { type PostRequest, postVia, type Resolve } from '#shared/net/post.ts';
import { type LoopbackServer, loopbackServer } from '#test/support/loopback-server.ts';

const asked = (url: string, more: Partial<PostRequest> = {}): PostRequest => ({
  url,
  headers: {},
  body: 'a',
  publicOnly: true,
  httpsOnly: false,
  timeoutMs: 500,
  answerBytes: 10,
  ...more,
});
const portOf = ({ url }: LoopbackServer) => new URL(url).port;

/** A name server that gives other answers each time, and remembers how often it was asked. */
function changing(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const resolve: Resolve = async (host) => {
    asked.push(host);
    return answers[asked.length - 1] ?? answers.at(-1) ?? [];
  };
  return { resolve, asked };
}

describe('a name that changes its mind', () => {
  test('is asked for once: the address that was checked is the one connected to', async () => {
    await using server = await loopbackServer();
    const name = changing(['127.0.0.1'], ['192.0.2.1']);
    const url = `http://changes.example:${portOf(server)}/`;
    const answer = await postVia(name.resolve)(asked(url, { publicOnly: false }));
    expect(answer.status).toBe(204);
    expect(name.asked).toEqual(['changes.example']);
    expect(server.received[0]?.headers.host).toBe(`changes.example:${portOf(server)}`);
  });

  test('is checked anew at each call: where it led yesterday says nothing of today', async () => {
    await using server = await loopbackServer();
    const name = changing(['127.0.0.1'], ['169.254.169.254']);
    const post = postVia(name.resolve);
    const request = asked(`http://changes.example:${portOf(server)}/`, { publicOnly: false });
    expect((await post(request)).status).toBe(204);
    expect(await post(request)).toMatchObject({ error: 'The address is private or reserved.' });
    expect(server.received).toHaveLength(1);
  });

  test.each([
    ['a private one among public ones', ['8.8.8.8', '10.0.0.1']],
    ['a private one behind a public one of the other family', ['2606:4700::1111', '127.0.0.1']],
    ['IPv4 in IPv6', ['::ffff:10.0.0.1']],
    ['NAT64', ['64:ff9b::a00:1']],
    ['6to4', ['2002:a00:1::1']],
    ['a link with its zone', ['fe80::1%eth0']],
    ['the metadata service over IPv6', ['fd00:ec2::254']],
    ['no address', ['not an address']],
  ])('is not trusted with %s', async (_, addresses) => {
    const answer = await postVia(async () => addresses)(asked('https://mixed.example/'));
    expect(answer).toMatchObject({ status: null, error: 'The address is private or reserved.' });
  });

  test('is not called where it has no address, or none in time', async () => {
    const nowhere = await postVia(async () => [])(asked('https://nowhere.example/'));
    expect(nowhere.error).toBe('The name has no address.');
    const never = new Promise<string[]>(() => {});
    const slow = await postVia(() => never)(asked('https://slow.example/', { timeoutMs: 50 }));
    expect(slow.error).toBe('No answer in time.');
  });
});

describe('a URL', () => {
  const nobody: Resolve = async (host) => {
    throw new Error(`asked for ${host}`);
  };
  test.each([
    'https://2130706433/',
    'https://0177.0.0.1/',
    'https://0x7f.1/',
    'https://127.1/',
    'https://127.0.0.1./',
    'https://0/',
    'https://[::]/',
    'https://[::127.0.0.1]/',
    'https://１２７.０.０.１/',
  ])('%s is known for what it is, without asking for a name', async (url) => {
    expect((await postVia(nobody)(asked(url))).error).toBe('The address is private or reserved.');
  });

  test.each(['https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/', 'https://LOCALHOST./'])(
    '%s is asked for by its plain name',
    async (url) => {
      expect((await postVia(nobody)(asked(url))).error).toMatch(/^asked for localhost\.?$/);
    },
  );

  test.each(['https://example.com:25/', 'http://example.com:53/', 'https://example.com:22/'])(
    '%s is at the port of another service',
    async (url) => {
      const error = 'The port belongs to another service.';
      expect(await postVia(nobody)(asked(url))).toMatchObject({ status: null, error });
    },
  );

  test('with credentials is not called: they would be sent on', async () => {
    const answer = await postVia(nobody)(asked('https://user:secret@example.com/'));
    expect(answer.error).toBe('Credentials do not belong into the URL.');
  });
});
