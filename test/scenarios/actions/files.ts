import { createHash, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Diagnostics } from '#shared/diagnostics/diagnostics.ts';
import { FirmwareUpdate } from '#shared/firmware/firmware-update.ts';
import { listOf } from '#shared/http/list.ts';
import { aCertificate } from '#test/simulator/a-certificate.ts';
import { eventually } from '#test/support/eventually.ts';
import type { Stage } from '#test/support/stage.ts';

const Image = z.object({
  id: z.string(),
  upload: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }),
});
const Updates = listOf('firmware_updates', FirmwareUpdate);
const Logs = listOf('diagnostics', Diagnostics);

/** Firmware comes from the host's file store and logs go there, all of it over HTTP. */
export const describeFiles = (stage: Stage) => {
  const anImage = async (version: string, isSigned: boolean): Promise<string> => {
    const file = Buffer.from(`firmware ${version}`);
    const sha256 = createHash('sha256').update(file).digest('hex');
    const { pem, keys } = aCertificate({ name: 'Firmware signing' });
    const signature = sign('sha256', file, keys.privateKey).toString('base64');
    const about = {
      ...{ name: version, version, file_name: `mx_${version}.bin` },
      ...{ size_bytes: file.length, sha256 },
      ...(isSigned ? { signature, signing_certificate: pem } : {}),
    };
    const { id, upload } = await stage.api.post('/v1/firmware-images', about, Image);
    const { url, headers } = upload;
    expect(await fetch(url, { method: 'PUT', headers, body: file })).toMatchObject({ ok: true });
    return id;
  };

  describe('firmware', () => {
    it.each([
      ['plain', '4.0.0', false],
      ['signed', '4.1.0', true],
    ])('%s: is downloaded, installed, and runs', async (_, version, isSigned) => {
      const firmware_image_id = await anImage(version, isSigned);
      const before = await stage.countOf('charger.booted');
      const command = await stage.command('/firmware-updates', { firmware_image_id });
      expect(command.status).toBe('completed');
      const { firmware_updates } = await stage.api.get(
        `/v1/firmware-updates?charger_id=${stage.id}`,
        Updates,
      );
      expect(firmware_updates[0]).toMatchObject({
        firmware_image_id,
        status: 'installed',
        signed: isSigned,
        version,
      });
      expect(firmware_updates[0]?.reports.length).toBeGreaterThanOrEqual(3);
      expect(await stage.read()).toMatchObject({ firmware_version: version });
      await stage.event('firmware.update_succeeded', { version });
      expect(await stage.countOf('charger.booted')).toBeGreaterThan(before);
      await stage.api.whenFree(stage.id);
    });
  });

  describe('a log', () => {
    it.each(['diagnostics', 'security'])(
      'of kind %s: is uploaded, and read by its link',
      async (kind) => {
        expect(await stage.command('/diagnostics', { kind })).toMatchObject({
          status: 'completed',
        });
        const log = await eventually(async () => {
          const { diagnostics } = await stage.api.get(
            stage.path(`/diagnostics?kind=${kind}`),
            Logs,
          );
          expect(diagnostics[0]).toMatchObject({ status: 'uploaded' });
          return diagnostics[0];
        });
        const text = await (await fetch(log?.download_url ?? '')).text();
        expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({ log: kind });
        expect(text).toContain(kind === 'security' ? 'TamperDetectionActivated' : 'registerWh');
        expect(text).toHaveLength(log?.size_bytes ?? 0);
        await stage.event('diagnostics.completed', { kind, file_name: log?.file_name });
      },
    );
  });
};
