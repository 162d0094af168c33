import { describe, expect, test } from 'vitest';
import { endpoint as install } from '#functions/api/plug-and-charge/install-charger-certificate.ts';
import { endpoint as list } from '#functions/api/plug-and-charge/list-charger-certificates.ts';
import { addRootCertificate } from '#shared/plug-and-charge/add-root-certificate.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger, type FakeCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { aPki, issue } from '#test/support/pnc-pki.ts';
import { settle } from '#test/support/settle.ts';

const params = { charger_id: 'BLR-014' };
const pki = await aPki();
const root = await issue({ ca: true, name: 'V2G Root', pathLength: 3 });
const at = '2026-06-01T12:00:00.000Z';

async function aWorld() {
  const ctx = testContext({ at });
  const charger = await anOnlineCharger(ctx, 'BLR-014', { version: '2.0.1' });
  return { ctx, charger };
}

const listed = async (ctx: TestContext) => (await call(ctx, list, { params })).body;
const installRoot = (ctx: TestContext, body: object) => call(ctx, install, { params, body });
const last = (charger: FakeCharger) => {
  const { action, payload } = charger.calls().at(-1) ?? {};
  return { action, payload };
};
const typesOf = (ctx: TestContext) => recordedEvents(ctx).map(({ type }) => type);

describe('installing a root in a charger', () => {
  // TC_M_01, TC_M_02 and their like for the roots of Plug & Charge.
  test.each([
    ['v2g', 'V2GRootCertificate'],
    ['mo', 'MORootCertificate'],
    ['csms', 'CSMSRootCertificate'],
    ['manufacturer', 'ManufacturerRootCertificate'],
  ])('of kind %s asks for %s, and lists it once the charger agrees', async (kind, wire) => {
    const { ctx, charger } = await aWorld();
    const reply = await installRoot(ctx, { kind, certificate: root.pem });
    expect([reply.status, reply.body['type']]).toEqual([202, 'install_certificate']);
    expect(last(charger)).toEqual({
      action: 'InstallCertificate',
      payload: { certificateType: wire, certificate: root.pem },
    });
    expect((await listed(ctx))['certificates']).toEqual([]);
    await charger.answer({ status: 'Accepted' });
    expect((await listed(ctx))['certificates']).toMatchObject([
      {
        kind,
        subject: 'CN=V2G Root, O=Test, DC=V2G',
        not_after: '2036-01-01T00:00:00.000Z',
        installed_at: at,
        hash: { algorithm: 'sha256' },
      },
    ]);
    // The follower hears of it again, from its task.
    await settle(ctx);
    expect(typesOf(ctx).filter((type) => type === 'certificate.installed')).toHaveLength(1);
  });

  test('of the organization’s own keeps which it was', async () => {
    const { ctx, charger } = await aWorld();
    const { id } = await addRootCertificate(ctx, {
      kind: 'v2g',
      certificate: root.pem,
      name: null,
    });
    await installRoot(ctx, { root_certificate_id: id });
    await charger.answer({ status: 'Accepted' });
    expect((await listed(ctx))['certificates']).toMatchObject([
      { kind: 'v2g', root_certificate_id: id },
    ]);
  });

  // TC_M_05.
  test.each(['Rejected', 'Failed'])('that is answered %s changes nothing', async (status) => {
    const { ctx, charger } = await aWorld();
    await installRoot(ctx, { kind: 'csms', certificate: root.pem });
    await charger.answer({ status });
    await settle(ctx);
    expect((await listed(ctx))['certificates']).toEqual([]);
    expect(typesOf(ctx)).toContain('command.failed');
  });

  test.each([
    ['nothing', {}, 'required'],
    ['two things', { root_certificate_id: 'rca_1', certificate: root.pem }, 'required'],
    ['a stranger’s trust anchor', { root_certificate_id: 'rca_1' }, 'not_found'],
    ['no kind', { certificate: root.pem }, 'required'],
    ['a contract', { kind: 'mo', certificate: pki.leaf.pem }, 'not_a_ca'],
    ['two roots', { kind: 'mo', certificate: root.pem + pki.root.pem }, 'not_one'],
    ['noise', { kind: 'mo', certificate: 'MIIB' }, 'malformed'],
  ])('is refused for %s', async (_, body, code) => {
    const { ctx, charger } = await aWorld();
    const reply = await installRoot(ctx, body);
    expect(reply.status).toBe(422);
    expect(reply.body['errors']).toMatchObject([{ code }]);
    expect(charger.calls()).toEqual([]);
  });

  test('of vehicles’ makers is for no charger', async () => {
    const { ctx } = await aWorld();
    const reply = await installRoot(ctx, { kind: 'oem', certificate: root.pem });
    expect(reply.body['code']).toBe('capability_not_supported');
  });

  test('is for those who see the charger', async () => {
    const { ctx } = await aWorld();
    const elsewhere = ctx.as(keyOfSites('OTHER'));
    const body = { kind: 'csms', certificate: root.pem };
    expect((await installRoot(elsewhere, body)).status).toBe(404);
    expect((await call(elsewhere, list, { params })).status).toBe(404);
  });
});
