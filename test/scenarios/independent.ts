import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Command } from '#shared/commands/command.ts';
import { Diagnostics } from '#shared/diagnostics/diagnostics.ts';
import { FirmwareUpdate } from '#shared/firmware/firmware-update.ts';
import { listOf } from '#shared/http/list.ts';
import { ReservationView } from '#shared/reservations/reservation.ts';
import { TokenView } from '#shared/tokens/token-view.ts';
import { eventually } from '#test/support/eventually.ts';
import type { FileHost } from '#test/support/file-host.ts';
import { aSigningRequest } from '#test/support/pki.ts';
import { aPublicCharger } from '#test/support/public-charger.ts';
import type { Tongue } from '#test/support/tongues.ts';

const accepted = { status: 'Accepted' };
const Image = z.object({
  id: z.string(),
  upload: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }),
});
const Updates = listOf('firmware_updates', FirmwareUpdate);
const Logs = listOf('diagnostics', Diagnostics);
let chargers = 0;

/** A charger of the public client, strict in both directions, that has booted and is free. */
export async function anIndependentCharger(host: FileHost, tongue: Tongue) {
  const identity = `GARAGE-${++chargers}`;
  const { protocol } = tongue;
  const charger = aPublicCharger({ url: host.ocpp, identity, protocol });
  await charger.connect();
  await tongue.boots(charger);
  await tongue.shows(charger, 'free');
  return { charger, desk: host.desk(identity) };
}

/** The journeys of either version, with a client that is not ours and knows the schemas. */
export const describeIndependent = (host: FileHost, tongue: Tongue) =>
  describe(`a charger that is not ours, speaking ${tongue.protocol}`, () => {
    it('keeps a place for somebody, who then charges on it', async () => {
      const { charger, desk } = await anIndependentCharger(host, tongue);
      charger.answers('ReserveNow', () => accepted);
      const expires_at = new Date(Date.now() + 600_000).toISOString();
      const wanted = { charger_id: desk.id, connector: 1, expires_at, token_uid: '04HOLDER1' };
      const { id } = await desk.api.post('/v1/reservations', wanted, ReservationView);
      const becomes = (status: string) =>
        eventually(async () =>
          expect(await desk.api.get(`/v1/reservations/${id}`, ReservationView)).toMatchObject({
            status,
          }),
        );
      const call = await charger.hears('ReserveNow');
      await becomes('active');
      await tongue.shows(charger, 'reserved');
      await desk.event('connector.status_changed', { status: 'Reserved' });
      await tongue.begins(charger, '04HOLDER1', Number(call[tongue.reserving.number]));
      await becomes('fulfilled');
      await desk.event('session.started', { reservation_id: id });
      expect(charger.violations).toEqual([]);
    });

    it('is sent the list of cards', async () => {
      const { charger, desk } = await anIndependentCharger(host, tongue);
      let version = 0;
      charger.answers('GetLocalListVersion', () => tongue.listVersion(version));
      charger.answers('SendLocalList', ({ listVersion, versionNumber }) => {
        version = Number(listVersion ?? versionNumber);
        return accepted;
      });
      await desk.api.post('/v1/tokens', { uid: `04LIST${desk.id.slice(-1)}` }, TokenView);
      const synced = await desk.command('/local-list/sync');
      expect(synced).toMatchObject({ status: 'completed', result: { data: { version } } });
      expect(version).toBeGreaterThan(0);
      expect(await charger.hears('SendLocalList')).toMatchObject({ updateType: 'Full' });
      expect(charger.violations).toEqual([]);
    });

    it('takes a profile, and says what it will do', async () => {
      const { charger, desk } = await anIndependentCharger(host, tongue);
      charger.answers('SetChargingProfile', () => accepted);
      charger.answers('GetCompositeSchedule', () => tongue.composite(6900));
      const periods = [{ start_seconds: 0, limit_kw: 6.9 }];
      const profile = { purpose: 'default', connector: 1, periods };
      expect(await desk.command('/charging-profiles', profile)).toMatchObject({
        status: 'completed',
      });
      await desk.event('charging_profile.applied');
      const asked = { connector: 1, duration_seconds: 600, unit: 'kw' };
      expect(await desk.command('/composite-schedule', asked)).toMatchObject({
        status: 'completed',
        result: { data: { periods: [{ limit_kw: 6.9 }] } },
      });
      expect(charger.violations).toEqual([]);
    });

    it('fetches firmware, and tells of it until it runs', async () => {
      const { charger, desk } = await anIndependentCharger(host, tongue);
      charger.answers('UpdateFirmware', () => (tongue.protocol === 'ocpp1.6' ? {} : accepted));
      const file = Buffer.from('firmware 2.0.0');
      const sha256 = createHash('sha256').update(file).digest('hex');
      const about = { name: 'Garage', version: '2.0.0', size_bytes: file.length, sha256 };
      const { id, upload } = await desk.api.post('/v1/firmware-images', about, Image);
      await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: file });
      await desk.api.post(desk.path('/firmware-updates'), { firmware_image_id: id }, Command);
      const call = await charger.hears('UpdateFirmware');
      const fetched = await fetch(String(tongue.firmware.at(call)));
      expect(await fetched.text()).toBe('firmware 2.0.0');
      for (const status of ['Downloading', 'Downloaded', 'Installing'])
        await tongue.tellsFirmware(charger, status, call);
      await tongue.boots(charger, '2.0.0');
      await tongue.tellsFirmware(charger, 'Installed', call);
      await eventually(async () =>
        expect(
          await desk.api.get(`/v1/firmware-updates?charger_id=${desk.id}`, Updates),
        ).toMatchObject({ firmware_updates: [{ status: 'installed', version: '2.0.0' }] }),
      );
      await desk.event('firmware.update_succeeded');
      expect(charger.violations).toEqual([]);
    });

    it('uploads a log, and tells of it', async () => {
      const { charger, desk } = await anIndependentCharger(host, tongue);
      const { action, agreed, at } = tongue.log;
      charger.answers(action, () => agreed);
      await desk.api.post(desk.path('/diagnostics'), { kind: 'diagnostics' }, Command);
      const call = await charger.hears(action);
      await tongue.tellsLog(charger, 'Uploading', call);
      const put = await fetch(`${at(call)}`, { method: 'PUT', body: 'all is well' });
      expect(put.ok).toBe(true);
      await tongue.tellsLog(charger, 'Uploaded', call);
      const log = await eventually(async () => {
        const { diagnostics } = await desk.api.get(desk.path('/diagnostics'), Logs);
        expect(diagnostics).toMatchObject([{ status: 'uploaded' }]);
        return diagnostics[0];
      });
      expect(await (await fetch(log?.download_url ?? '')).text()).toBe('all is well');
      expect(charger.violations).toEqual([]);
    });

    it('asks for a certificate, and is given one', async () => {
      const { charger, desk } = await anIndependentCharger(host, tongue);
      charger.answers('CertificateSigned', () => accepted);
      const { pem } = await aSigningRequest({ commonName: desk.id });
      expect(await charger.say('SignCertificate', { csr: pem })).toMatchObject(accepted);
      const { certificateChain } = await charger.hears('CertificateSigned');
      expect(certificateChain).toContain('BEGIN CERTIFICATE');
      await desk.event('certificate.renewed');
      expect(charger.violations).toEqual([]);
    });
  });
