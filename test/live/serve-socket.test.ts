import { describe, expect, test } from 'vitest';
import {
  type SocketEvent,
  serveConnect,
  serveFrame,
  serveSocketAuthorizer,
} from '#shared/aws/serve-socket.ts';
import { testContext } from '#test/support/context.ts';
import { anAuthorizerEvent } from '#test/support/gateway-event.ts';
import { useTestRuntime } from '#test/support/runtime.ts';

const asked = (headers: Record<string, string>) => {
  const event = anAuthorizerEvent(headers);
  return { ...event, requestContext: { ...event.requestContext, connectionId: 'c1' } };
};
const frame = { requestContext: { connectionId: 'c1', authorizer: { kind: 'x' } }, body: 'hi' };

describe("a WebSocket API's authorizer", () => {
  const handler = serveSocketAuthorizer(async ({ headers }) => ({ ticket: headers['x-t'] ?? '' }));
  const effectOf = (answer: Awaited<ReturnType<typeof handler>>) =>
    answer.policyDocument.Statement[0]?.Effect;

  test('turns away who went round the edge, whatever else is sent', async () => {
    useTestRuntime(testContext(), { originSecret: 'the edge' });
    for (const headers of [{}, { 'x-origin-verify': 'a guess' }])
      expect(effectOf(await handler(asked(headers)))).toBe('Deny');
    const answer = await handler(asked({ 'X-Origin-Verify': 'the edge', 'X-T': 'abc' }));
    expect(effectOf(answer)).toBe('Allow');
    expect(answer.context).toEqual({ ticket: 'abc' });
  });
});

describe('a socket event', () => {
  test('brings the authorizer’s words, the frame and the client’s host along', async () => {
    useTestRuntime(testContext());
    const seen: SocketEvent[] = [];
    const hosts: string[] = [];
    const handler = serveConnect(async (event, { urls }) => {
      seen.push(event);
      hosts.push(urls.live);
      return { status: 200, headers: { 'X-A': 'b' } };
    });
    const headers = { 'X-Public-Host': 'ev.example.com' };
    const answer = await handler({ ...frame, headers });
    expect(answer).toEqual({ statusCode: 200, headers: { 'X-A': 'b' }, body: '' });
    expect(seen[0]).toMatchObject({ connectionId: 'c1', body: 'hi', verdict: { kind: 'x' } });
    expect(hosts).toEqual(['wss://ev.example.com/live']);
  });

  test('that fails is a 500 to a handshake, and silence to an open socket', async () => {
    const ctx = testContext();
    useTestRuntime(ctx);
    const fail = () => Promise.reject(new Error('no'));
    expect((await serveConnect(fail)(frame)).statusCode).toBe(500);
    expect((await serveFrame(fail)(frame)).statusCode).toBe(200);
    expect(ctx.logs.filter(({ level }) => level === 'error')).toHaveLength(2);
  });
});
