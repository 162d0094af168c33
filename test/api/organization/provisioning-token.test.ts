import { describe, onTestFinished, test } from 'vitest';
import { provideCertificate } from '#shared/plug-and-charge/provide-certificate.ts';
import { testContext } from '#test/support/context.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';
import { aLiveOrganization, patch, rowOf, wrongIn } from '#test/support/organization-settings.ts';
import { recordedEvents } from '#test/support/outbox.ts';

describe('the token of the provisioning service', () => {
  const service = { url: 'https://ccp.example.com/contracts', token: 'ccp-s3cret' };

  test('is never shown, told or stored as it is', async ({ expect }) => {
    const ctx = testContext();
    const { text, body } = await patch(ctx, { contract_provisioning: service });
    expect(body).toMatchObject({ contract_provisioning: { url: service.url, has_token: true } });
    const told = JSON.stringify([text, recordedEvents(ctx), await rowOf(ctx), ctx.logs]);
    expect(told).not.toContain(service.token);
  });

  test('is what the service is sent', async ({ expect }) => {
    const ctx = testContext();
    const server = await loopbackServer();
    onTestFinished(() => server[Symbol.asyncDispose]());
    await patch(ctx, { contract_provisioning: { ...service, url: server.url } });
    const asked = { chargerId: 'CP-1', action: 'install', schemaVersion: 'v', exiRequest: 'AA==' };
    await provideCertificate(ctx, { ...asked, action: 'install' });
    expect(server.received[0]?.headers.authorization).toBe('Bearer ccp-s3cret');
  });

  test('does not follow to another URL, where somebody could read it', async ({ expect }) => {
    const ctx = testContext();
    await patch(ctx, { contract_provisioning: service });
    const same = await patch(ctx, { contract_provisioning: { url: service.url } });
    expect(same.body).toMatchObject({ contract_provisioning: { has_token: true } });
    const url = 'https://evil.example/collect';
    const moved = await patch(ctx, { contract_provisioning: { url } });
    expect(moved.body).toMatchObject({ contract_provisioning: { url, has_token: false } });
    expect(JSON.stringify(await rowOf(ctx))).not.toContain('sealed:');
  });

  test.for(['http://ccp.example.com', 'https://10.0.0.8/x', 'https://[::1]/', 'https://localhost'])(
    'goes to no address inside in live mode: %s',
    async (url, { expect }) => {
      const reply = await patch(aLiveOrganization(), { contract_provisioning: { url } });
      expect(wrongIn(reply)).toBe('contract_provisioning.url url_not_allowed');
    },
  );
});
