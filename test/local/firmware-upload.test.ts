import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aHost, call, handshake } from '#test/support/local-host.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const BYTES = Buffer.from('the new firmware');
const sha256 = createHash('sha256').update(BYTES).digest('hex');
const Made = z.object({
  id: z.string(),
  upload: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
  }),
});
const Call = z.tuple([z.literal(2), z.string(), z.string(), z.record(z.string(), z.unknown())]);

const post = (body: object) => ({ method: 'POST', body: JSON.stringify(body) });

/** The payload of the next call of ours with this action. */
const asked = (
  socket: { on(event: 'message', hear: (data: unknown) => void): unknown },
  action: string,
) =>
  new Promise<Record<string, unknown>>((resolve) => {
    socket.on('message', (data) => {
      const frame = Call.safeParse(JSON.parse(String(data)));
      if (frame.success && frame.data[2] === action) resolve(frame.data[3]);
    });
  });

describe('files of the local host', () => {
  it('take an image over the API, and give it to the charger that is told to install it', async () => {
    const dataDir = temporaryFolder();
    const host = await aHost({ dataDir });
    const image = { name: 'New', version: '2.0', size_bytes: BYTES.length, sha256 };
    const made = Made.parse(await (await call(host, '/v1/firmware-images', post(image))).json());
    const { method, url, headers } = made.upload;
    const sent = { 'x-amz-checksum-sha256': headers['x-amz-checksum-sha256'] ?? '' };
    const wrong = await fetch(url, { method, headers: sent, body: Buffer.alloc(BYTES.length) });
    expect(wrong.status).toBe(400);
    expect((await fetch(url, { method, headers: sent, body: BYTES })).status).toBe(200);
    const list = await call(host, `/v1/firmware-images?ids=${made.id}`);
    expect(await list.json()).toMatchObject({ firmware_images: [{ status: 'ready' }] });

    const { socket } = await handshake(`${host.ocpp}/FILE-1`);
    const boot = { chargePointVendor: 'V', chargePointModel: 'M', firmwareVersion: '1.0' };
    const booted = new Promise((resolve) => socket.once('message', resolve));
    socket.send(JSON.stringify([2, 'b', 'BootNotification', boot]));
    await booted;
    const update = asked(socket, 'UpdateFirmware');
    const body = post({ firmware_image_id: made.id });
    expect((await call(host, '/v1/chargers/FILE-1/firmware-updates', body)).status).toBe(202);
    const { location } = await update;
    const file = await fetch(String(location), { headers: { Range: 'bytes=4-6' } });
    expect([file.status, await file.text()]).toEqual([206, 'new']);
    socket.terminate();
  });

  it('are gone with everything else when the sandbox is reset, and stay otherwise', async () => {
    const dataDir = temporaryFolder();
    const first = await aHost({ dataDir });
    const image = { name: 'New', version: '2.0', size_bytes: BYTES.length, sha256 };
    const made = Made.parse(await (await call(first, '/v1/firmware-images', post(image))).json());
    const { method, url, headers } = made.upload;
    const path = new URL(url).pathname;
    await first.close();
    const second = await aHost({ dataDir });
    const sent = { 'x-amz-checksum-sha256': headers['x-amz-checksum-sha256'] ?? '' };
    const put = await fetch(`${second.api}${path}`, { method, headers: sent, body: BYTES });
    expect(put.status).toBe(200);
    await second.close();
    const third = await aHost({ dataDir, reset: true });
    const again = await fetch(`${third.api}${path}`, { method, headers: sent, body: BYTES });
    expect(again.status).toBe(403);
  });
});
