import { describe, test } from 'vitest';
import { noteAuthority } from '#shared/certificates/note-authority.ts';
import { aTestAuthority } from '#test/support/a-test-authority.ts';
import { testContext } from '#test/support/context.ts';
import { patch, wrongIn } from '#test/support/organization-settings.ts';
import { aForeignCertificate } from '#test/support/pki.ts';

describe('issuers of client certificates', () => {
  test('are taken as certificates or by name, and shown by name', async ({ expect }) => {
    const ctx = testContext();
    const pem = await aTestAuthority().root();
    const { body } = await patch(ctx, {
      certificate_issuers: [pem, 'CN=Vendor CA,O=Vendor', 'CN=Test root,O=Magma'],
    });
    expect(body).toMatchObject({
      certificate_issuers: ['CN=Test root,O=Magma', 'CN=Vendor CA,O=Vendor'],
    });
    expect((await patch(ctx, { certificate_issuers: [] })).body).toMatchObject({
      certificate_issuers: [],
    });
  });

  test('are never the authority that all chargers here stand under, however it is spelled', async ({
    expect,
  }) => {
    const ctx = testContext();
    const own = await aTestAuthority().root();
    await noteAuthority(ctx, own);
    await noteAuthority(ctx, own);
    for (const issuer of [own, 'CN=Test root,O=Magma', 'o=magma, cn=TEST  Root']) {
      const reply = await patch(ctx, { certificate_issuers: ['CN=Vendor CA', issuer] });
      expect(wrongIn(reply)).toBe('certificate_issuers.1 own_authority');
    }
  });

  test.for([
    ['words', 'Vendor', 'invalid_name'],
    ['a name with a part that is none', 'CN=Vendor CA,whatever', 'invalid_name'],
    [
      'a broken certificate',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      'invalid_certificate',
    ],
  ])('are not %s', async ([, issuer, code], { expect }) => {
    const reply = await patch(testContext(), { certificate_issuers: [issuer] });
    expect(wrongIn(reply)).toBe(`certificate_issuers.0 ${code}`);
  });

  test('are no certificate that issues nothing, nor one that is over', async ({ expect }) => {
    const ctx = testContext();
    const later = testContext({ at: '2050-01-01T00:00:00.000Z' });
    const root = await aTestAuthority().root();
    const over = await patch(later, { certificate_issuers: [root] });
    expect(wrongIn(over)).toBe('certificate_issuers.0 expired');
    const client = await aForeignCertificate({ commonName: 'CP-1', issuer: 'Vendor CA' });
    const leaf = await patch(ctx, { certificate_issuers: [client] });
    expect(wrongIn(leaf)).toBe('certificate_issuers.0 not_an_authority');
  });
});
