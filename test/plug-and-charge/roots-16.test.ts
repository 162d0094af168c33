import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { endpoint as triggerMessage } from '#functions/api/commands/trigger-message.ts';
import { endpoint as remove } from '#functions/api/plug-and-charge/delete-charger-certificate.ts';
import { endpoint as install } from '#functions/api/plug-and-charge/install-charger-certificate.ts';
import { endpoint as list } from '#functions/api/plug-and-charge/list-charger-certificates.ts';
import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { newCommand } from '#shared/commands/queue-command.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import { learnFromValues } from '#shared/configuration/learn-from-values.ts';
import { VariableRef } from '#shared/configuration/variable.ts';
import { dispatchCommands } from '#shared/ocpp/dispatch.ts';
import { call } from '#test/support/call.ts';
import { heard, reply, say } from '#test/support/pnc-16.ts';
import { EMAID, issue } from '#test/support/pnc-pki.ts';
import { aPncWorld, hashesOf } from '#test/support/pnc-world.ts';

const params = { charger_id: 'CP-1' };
const aWorld16 = () => aPncWorld({ version: 'ocpp1.6' });
const root = await issue({ ca: true, name: 'V2G Root' });

describe('a root of Plug & Charge for a 1.6 charger', () => {
  test('is not for one that has not shown that it can do Plug & Charge', async () => {
    const { ctx } = await aWorld16();
    const body = { kind: 'v2g', certificate: root.pem };
    expect((await call(ctx, install, { params, body })).body['code']).toBe(
      'capability_not_supported',
    );
  });

  test('is installed, listed and deleted by DataTransfer', async () => {
    const { ctx, charger } = await aWorld16();
    await say(charger, 'Authorize', { idToken: { idToken: EMAID, type: 'eMAID' } });
    await call(ctx, install, { params, body: { kind: 'v2g', certificate: root.pem } });
    expect(await heard(charger)).toEqual([
      'InstallCertificate',
      { certificateType: 'V2GRootCertificate', certificate: root.pem },
    ]);
    await reply(charger, { status: 'Accepted' });
    const [one] = z
      .array(z.object({ id: z.string(), kind: z.literal('v2g') }))
      .parse((await call(ctx, list, { params })).body['certificates']);
    const gone = { params: { ...params, certificate_id: one?.id } };
    await call(ctx, remove, gone);
    expect((await heard(charger))[0]).toBe('DeleteCertificate');
    await reply(charger, { status: 'Accepted' });
    expect((await call(ctx, list, { params })).body['total']).toBe(0);
  });

  test.each([
    [{ status: 'Rejected' }, 'rejected'],
    [{ status: 'UnknownVendorId' }, 'rejected'],
    [{ status: 'Accepted', data: '{"status":"Rejected"}' }, 'rejected'],
    [{ status: 'Accepted', data: 'noise' }, 'failed'],
    [{ status: 'Accepted' }, 'failed'],
  ])('is not installed where the charger answers %o', async (answer, status) => {
    const { ctx, charger } = await aWorld16();
    await say(charger, 'Authorize', { idToken: { idToken: EMAID, type: 'eMAID' } });
    const body = { kind: 'mo', certificate: root.pem };
    const { body: command } = await call(ctx, install, { params, body });
    await charger.reply(charger.lastAsked(), answer);
    expect(await findCommand(ctx, String(command['id']))).toMatchObject({ status });
    expect((await call(ctx, list, { params })).body['total']).toBe(0);
  });
});

test('a 1.6 charger tells what it has kind by kind, each in its own words', async () => {
  const { ctx, charger, pki, responder } = await aWorld16();
  await say(charger, 'Authorize', { idToken: { idToken: EMAID, type: 'eMAID' } });
  const [leaf] = hashesOf(pki, responder.url);
  if (!leaf) throw new Error('There is no leaf');
  const { responderURL: _, ...hash } = leaf;
  const { body } = await call(ctx, list, { params, query: { refresh: true } });
  expect(charger.lastAsked()).toMatchObject({
    action: 'GetInstalledCertificateIds',
    payload: { certificateType: 'CentralSystemRootCertificate' },
  });
  await charger.reply(charger.lastAsked(), { status: 'Accepted', certificateHashData: [hash] });
  expect(charger.lastAsked().payload).toEqual({ certificateType: 'ManufacturerRootCertificate' });
  await charger.reply(charger.lastAsked(), { status: 'NotFound' });
  expect(await heard(charger)).toEqual([
    'GetInstalledCertificateIds',
    { certificateType: ['V2GRootCertificate', 'MORootCertificate', 'V2GCertificateChain'] },
  ]);
  await reply(charger, {
    status: 'Accepted',
    certificateHashDataChain: [
      { certificateType: 'MORootCertificate', certificateHashData: { ...hash, serialNumber: '7' } },
    ],
  });
  expect(body).toMatchObject({ refresh: { type: 'read_certificates' } });
  expect((await call(ctx, list, { params })).body['certificates']).toMatchObject([
    { kind: 'csms', hash: { serial_number: hash.serialNumber } },
    { kind: 'mo', hash: { serial_number: '7' } },
  ]);
});

test('a 1.6 charger is asked for a request for the certificate it shows to cars', async () => {
  const { ctx, charger } = await aWorld16();
  await say(charger, 'Authorize', { idToken: { idToken: EMAID, type: 'eMAID' } });
  const body = { message: 'v2g_certificate_signing' };
  expect((await call(ctx, triggerMessage, { params, body })).status).toBe(202);
  expect(await heard(charger)).toEqual([
    'TriggerMessage',
    { requestedMessage: 'SignV2GCertificate' },
  ]);
});

test('what is not valid in 2.0.1 does not go out in a DataTransfer', async () => {
  const { ctx, charger } = await aWorld16();
  await say(charger, 'Authorize', { idToken: { idToken: EMAID, type: 'eMAID' } });
  const input = { kind: 'v2g', pem: 'x'.repeat(5501), root_certificate_id: null };
  const { command, writes } = newCommand(ctx, {
    type: 'install_certificate',
    chargerId: 'CP-1',
    input,
  });
  await ctx.table.write(writes);
  await dispatchCommands(ctx, 'CP-1');
  expect(charger.asked()).toEqual([]);
  expect(await findCommand(ctx, command.id)).toMatchObject({ status: 'rejected' });
});

test.each([
  ['true', true],
  ['false', false],
])('a 1.6 charger whose ISO15118PnCEnabled is %s is taken at its word', async (value, can) => {
  const { ctx } = await aWorld16();
  const of = VariableRef.parse({ name: 'ISO15118PnCEnabled' });
  const told = { ...of, facts: { value } };
  await learnFromValues(ctx, 'CP-1', [told]);
  expect(capabilitiesOf(await getCharger(ctx, 'CP-1')).plug_and_charge).toBe(can);
});
