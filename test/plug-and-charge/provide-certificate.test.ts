import { describe, expect, onTestFinished, test } from 'vitest';
import { keys } from '#shared/db/keys.ts';
import { getContract } from '#shared/plug-and-charge/contract.ts';
import { provideCertificate } from '#shared/plug-and-charge/provide-certificate.ts';
import { type LoopbackServer, loopbackServer } from '#test/support/loopback-server.ts';
import { EMAID } from '#test/support/pnc-pki.ts';
import { aPncWorld, type PncWorld } from '#test/support/pnc-world.ts';

const request = {
  iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef',
  action: 'Install',
  exiRequest: Buffer.from('what the car says').toString('base64'),
};
const exi_response = Buffer.from('what its issuer says').toString('base64');

/** An organization with a provisioning service of its own behind a real HTTP server. */
async function aService(): Promise<PncWorld & { service: LoopbackServer }> {
  const world = await aPncWorld();
  const service = await loopbackServer();
  onTestFinished(() => service[Symbol.asyncDispose]());
  await configure(world, { url: service.url, token: 's3cret' });
  service.answer((response) => response.writeHead(200).end(JSON.stringify({ exi_response })));
  return { ...world, service };
}

const configure = ({ ctx }: PncWorld, contract_provisioning: object) =>
  ctx.table.write([
    { op: 'update', key: keys.organization(ctx.tenantId), set: { contract_provisioning } },
  ]);
const failed = (reasonCode: string) => ({
  status: 'Failed',
  exiResponse: '',
  statusInfo: { reasonCode },
});

describe('a car that asks for its contract certificate (M01, M02)', () => {
  test.each([
    ['Install', 'install'],
    ['Update', 'update'],
  ])('is answered by its issuer: %s', async (action, asked) => {
    const { charger, service } = await aService();
    expect(await charger.call('Get15118EVCertificate', { ...request, action })).toEqual({
      status: 'Accepted',
      exiResponse: exi_response,
    });
    const [one] = service.received;
    expect(one?.headers).toMatchObject({
      authorization: 'Bearer s3cret',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(JSON.parse(one?.body ?? '')).toEqual({
      action: asked,
      iso15118_schema_version: request.iso15118SchemaVersion,
      exi_request: request.exiRequest,
      charger_id: 'CP-1',
    });
  });

  test('may ask again: the service can tell a repeat by its key', async () => {
    const { charger, service } = await aService();
    const first = await charger.call('Get15118EVCertificate', request);
    expect(await charger.call('Get15118EVCertificate', request)).toEqual(first);
    await charger.call('Get15118EVCertificate', { ...request, exiRequest: 'AAAA' });
    const [a, b, c] = service.received.map(({ headers }) => headers['idempotency-key']);
    expect(a).toMatch(/^[0-9a-f]{64}$/);
    expect([a === b, a === c]).toEqual([true, false]);
  });

  test('has its contract active from then on, where the service says whose it is', async () => {
    const { charger, ctx, service } = await aService();
    const answer = JSON.stringify({ exi_response, emaid: 'DE-8AA-CA2B3C4D5-L' });
    service.answer((response) => response.writeHead(200).end(answer));
    expect((await getContract(ctx, EMAID)).activated_at).toBeNull();
    await charger.call('Get15118EVCertificate', request);
    expect((await getContract(ctx, EMAID)).activated_at).toBe('2026-06-01T12:00:00.000Z');
  });

  test.each([
    ['as long as OCPP has room for', 7500, 'Accepted'],
    ['longer', 7504, 'Failed'],
  ])('gets an answer that is %s', async (_, length, status) => {
    const { charger, service } = await aService();
    const long = JSON.stringify({ exi_response: 'A'.repeat(length) });
    service.answer((response) => response.writeHead(200).end(long));
    expect(await charger.call('Get15118EVCertificate', request)).toMatchObject({ status });
  });

  test.each([
    ['an error', 500, JSON.stringify({ exi_response }), 'ServiceRefused'],
    ['a redirect', 307, '', 'ServiceRefused'],
    ['no JSON', 200, '<html>', 'ServiceUnreadable'],
    ['nothing in it', 200, '{}', 'ServiceUnreadable'],
    ['an empty one', 200, '{"exi_response":""}', 'ServiceUnreadable'],
    ['no base64', 200, '{"exi_response":"\\u0000<script>"}', 'ServiceUnreadable'],
    ['JSON without end', 200, `{"exi_response":"${'A'.repeat(100_000)}`, 'ServiceUnreadable'],
  ])('is told that it failed for %s', async (_, status, body, reason) => {
    const { charger, service } = await aService();
    service.answer((response) => response.writeHead(status, { location: '/' }).end(body));
    expect(await charger.call('Get15118EVCertificate', request)).toEqual(failed(reason));
    expect(service.received).toHaveLength(1);
  });

  test('is told so where there is no service, or nobody in it', async () => {
    const world = await aPncWorld();
    expect(await world.charger.call('Get15118EVCertificate', request)).toEqual(
      failed('NotConfigured'),
    );
    await configure(world, { url: 'http://127.0.0.1:9/', token: null });
    expect(await world.charger.call('Get15118EVCertificate', request)).toEqual(
      failed('ServiceUnreachable'),
    );
  });

  test('has its certificate fetched over HTTPS from the internet alone, in live mode', async () => {
    const { ctx, service } = await aService();
    const asked = {
      chargerId: 'CP-1',
      action: 'install',
      schemaVersion: request.iso15118SchemaVersion,
      exiRequest: request.exiRequest,
    } as const;
    const provided = await provideCertificate(ctx.as({ livemode: true }), asked);
    expect(provided).toEqual({ reason: 'ServiceUnreachable' });
    expect(service.received).toEqual([]);
  });
});
