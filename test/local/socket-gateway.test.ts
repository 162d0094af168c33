import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import * as z from 'zod';
import { aHost, answers, call, closed, handshake, nextAnswer } from '#test/support/local-host.ts';

const KB = 1024;
const Created = z.object({ ocpp_password: z.string() });

/** A DataTransfer call of exactly so many bytes. */
function frameOf(bytes: number): string {
  const of = (data: string) => JSON.stringify([2, 'a', 'DataTransfer', { vendorId: 'x', data }]);
  return of('a'.repeat(bytes - of('').length));
}

/** One message in frames of this size. */
function sendInFrames(socket: WebSocket, text: string, size: number): void {
  for (let at = 0; at < text.length; at += size) {
    const fin = at + size >= text.length;
    socket.send(text.slice(at, at + size), { fin });
  }
}

const basic = (user: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

describe('a handshake', () => {
  it('opens with exactly one of the subprotocols a charger offers', async () => {
    const host = await aHost();
    const url = `${host.ocpp}/NEW-${randomUUID().slice(0, 8)}`;
    const { status, socket } = await handshake(url, { protocols: ['ocpp2.0.1', 'ocpp1.6'] });
    expect(status).toBe(101);
    expect(['ocpp2.0.1', 'ocpp1.6']).toContain(socket.protocol);
  });

  it('is refused with the status its reason has in OCPP-J', async () => {
    const host = await aHost();
    const created = await call(host, '/v1/chargers', {
      method: 'POST',
      body: JSON.stringify({ id: 'SECURE-1', security_profile: 1 }),
    });
    const { ocpp_password: password } = Created.parse(await created.json());
    const secure = `${host.ocpp}/SECURE-1`;
    const statusOf = async (...args: Parameters<typeof handshake>) =>
      (await handshake(...args)).status;

    expect(await statusOf(secure)).toBe(401);
    expect(await statusOf(secure, { headers: basic('SECURE-1', 'wrong') })).toBe(401);
    expect(await statusOf(secure, { headers: basic('SECURE-1', password) })).toBe(101);
    expect(await statusOf(`${host.ocpp}/A`, { protocols: ['ocpp1.5'] })).toBe(400);
    expect(await statusOf(`${host.ocpp}/A`, { protocols: [] })).toBe(400);
    expect(await statusOf(host.ocpp.replace('/demo', '/nobody/A'))).toBe(404);
  });

  it('with a path the edge does not know is a 404', async () => {
    const host = await aHost();
    for (const path of ['/ocpp', '/ocpp/demo', '/ocpp/demo/A/B', '/ocpp/demo/', '/v1/chargers'])
      expect((await handshake(host.api.replace('http', 'ws') + path)).status).toBe(404);
  });

  it('takes the identity from the path, whatever the client says in headers of the edge', async () => {
    const host = await aHost();
    const { status } = await handshake(`${host.ocpp}/IN-PATH`, {
      headers: { 'X-Ocpp-Identity': 'IN-HEADER', 'x-ocpp-organization': 'other' },
    });
    expect(status).toBe(101);
    expect((await call(host, '/v1/chargers/IN-HEADER')).status).toBe(404);
  });

  it('is nothing for a request without a key', async () => {
    const host = await aHost();
    const answer = await fetch(`${host.api}/ocpp/demo/A`);
    expect(answer.status).toBe(404);
  });
});

describe('an open socket', () => {
  it('takes frames of 32 KB and messages of 128 KB', async () => {
    const host = await aHost();
    const { socket } = await handshake(`${host.ocpp}/BIG-1`);
    socket.send(frameOf(32 * KB));
    expect(await nextAnswer(socket)).toBe('a');
    sendInFrames(socket, frameOf(128 * KB), 32 * KB);
    expect(await nextAnswer(socket)).toBe('a');
  });

  it('is closed with 1009 over a frame above 32 KB', async () => {
    const host = await aHost();
    const { socket } = await handshake(`${host.ocpp}/BIG-2`);
    socket.send(frameOf(32 * KB + 1));
    expect(await closed(socket)).toBe(1009);
  });

  it('is closed with 1009 over a message above 128 KB', async () => {
    const host = await aHost();
    const { socket } = await handshake(`${host.ocpp}/BIG-3`);
    sendInFrames(socket, frameOf(128 * KB + 1), 16 * KB);
    expect(await closed(socket)).toBe(1009);
  });

  it('survives a binary frame', async () => {
    const host = await aHost();
    const { socket } = await handshake(`${host.ocpp}/BYTES`);
    socket.send(Buffer.from([0xff, 0x00, 0xfe]));
    socket.send('[2,"after","Heartbeat",{}]');
    await vi.waitFor(async () => expect(await nextAnswer(socket)).toBe('after'));
  });

  it('answers in the order of the questions', async () => {
    const host = await aHost();
    const { socket } = await handshake(`${host.ocpp}/ORDER`);
    const ids = Array.from({ length: 20 }, (_, n) => `m${n}`);
    const heard = answers(socket, ids.length);
    for (const id of ids) socket.send(JSON.stringify([2, id, 'Heartbeat', {}]));
    expect(await heard).toEqual(ids);
  });

  it('may have its messages handled side by side, and each is answered', async () => {
    const host = await aHost({ limits: { outOfOrder: true } });
    const { socket } = await handshake(`${host.ocpp}/CHAOS`);
    const ids = Array.from({ length: 20 }, (_, n) => `m${n}`);
    const heard = answers(socket, ids.length);
    for (const id of ids) socket.send(JSON.stringify([2, id, 'Heartbeat', {}]));
    expect((await heard).sort()).toEqual([...ids].sort());
  });

  it('is closed with 1001 when it has been idle too long, and not while it is used', async () => {
    const host = await aHost({ limits: { idleMs: 400 } });
    const { socket } = await handshake(`${host.ocpp}/IDLE`);
    const since = performance.now();
    while (performance.now() - since < 800) {
      socket.send('[2,"x","Heartbeat",{}]');
      await nextAnswer(socket);
    }
    expect(await closed(socket)).toBe(1001);
    expect(performance.now() - since).toBeGreaterThan(1100);
  });

  it('is closed with 1001 at its greatest age, used or not', async () => {
    const host = await aHost({ limits: { maxAgeMs: 300 } });
    const { socket } = await handshake(`${host.ocpp}/OLD`);
    const talking = setInterval(() => socket.send('[2,"x","Heartbeat",{}]', () => {}), 50);
    expect(await closed(socket)).toBe(1001);
    clearInterval(talking);
  });

  it('is closed with 1001 when the host stops', async () => {
    const host = await aHost();
    const { socket } = await handshake(`${host.ocpp}/STOP`);
    const code = closed(socket);
    await host.close();
    expect(await code).toBe(1001);
  });
});
