import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { listOf } from '#shared/http/list.ts';
import { ChargerCertificateView } from '#shared/plug-and-charge/charger-certificate.ts';
import { eventually } from '#test/support/eventually.ts';
import { aPki, type Issued } from '#test/support/pnc-pki.ts';
import type { Stage } from '#test/support/stage.ts';

const Certificates = listOf('certificates', ChargerCertificateView).extend({
  refresh: z.unknown(),
});

/** What a charger trusts, and what it shows: installed, listed, deleted and renewed. */
export const describeCertificates = (stage: Stage) => {
  const told = async (refresh = true): Promise<ChargerCertificateView[]> => {
    const path = stage.path(`/certificates${refresh ? '?refresh=true' : ''}`);
    const headers = { Prefer: 'wait=10' };
    const { body } = await stage.api.ask('GET', path, { headers });
    return Certificates.parse(body).certificates;
  };
  const install = (kind: string, { pem }: Issued) =>
    stage.command('/certificates', { kind, certificate: pem });

  describe('certificates', () => {
    it.each(['csms', 'manufacturer', 'v2g', 'mo'])(
      'of kind %s: a root is installed, told of, and deleted',
      async (kind) => {
        const { root } = await aPki();
        expect(await install(kind, root)).toMatchObject({ status: 'completed' });
        expect(stage.simulator.state().store.roots).toMatchObject([{ use: kind }]);
        const [certificate, ...others] = (await told()).filter((one) => one.kind === kind);
        expect(others).toEqual([]);
        expect(certificate).toMatchObject({
          kind,
          subject: expect.stringContaining('MO Root'),
          reported_at: expect.any(String),
        });
        await stage.event('certificate.installed', { id: certificate?.id });
        const gone = await stage.command(`/certificates/${certificate?.id}`, {}, 'DELETE');
        expect(gone).toMatchObject({ status: 'completed' });
        expect(stage.simulator.state().store.roots).toEqual([]);
        await stage.event('certificate.deleted', { id: certificate?.id });
        expect((await told(false)).filter((one) => one.kind === kind)).toEqual([]);
      },
    );

    it.each([
      ['charger', 'station', 'charger'],
      ['v2g', 'v2g', 'v2g_chain'],
    ] as const)('for use %s: one is asked for, signed and in use', async (use, own, kind) => {
      const renewal = await stage.api.ask('POST', stage.path('/certificates/renew'), {
        body: { use },
      });
      expect(await stage.ended(String(renewal.body['id']))).toMatchObject({ status: 'completed' });
      const [held] = stage.simulator.state().store.own.filter((one) => one.use === own);
      expect(held?.chain).toContain('BEGIN CERTIFICATE');
      await stage.event('certificate.renewed');
      await eventually(async () =>
        expect(await told(use === 'v2g')).toContainEqual(expect.objectContaining({ kind })),
      );
    });
  });
};
