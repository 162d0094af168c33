import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readChain } from '#shared/plug-and-charge/certificate.ts';
import { hashDataOf } from '#shared/plug-and-charge/hash-data.ts';
import { readOcspAnswer } from '#shared/plug-and-charge/ocsp-answer.ts';
import { aPki } from '#test/support/pnc-pki.ts';

const folder = join(import.meta.dirname, 'certificates');
const text = (file: string) => readFileSync(join(folder, file), 'utf8');
const [contract, issuer] = readChain(text('contract.pem') + text('issuer.pem'));
if (!contract || !issuer) throw new Error('Nothing to read');
const asked = hashDataOf(contract, issuer);

/** An answer that openssl made. */
const byOpenssl = (file: string) => Buffer.from(text(file), 'base64');
const LATER = new Date('2030-01-01T00:00:00Z');

describe('an OCSP answer', () => {
  test.each([
    ['good.ocsp', 'good'],
    ['revoked.ocsp', 'revoked'],
    ['delegated.ocsp', 'good'],
  ])('of openssl is understood, and known to be signed for the issuer: %s', (file, status) => {
    const answer = readOcspAnswer(byOpenssl(file), asked);
    expect(answer?.status).toBe(status);
    expect(answer?.signedFor(issuer, LATER)).toBe(true);
    expect(answer?.nextUpdate && answer.nextUpdate > LATER).toBe(true);
  });

  test('is not taken from another issuer, nor outside its time', async () => {
    const answer = readOcspAnswer(byOpenssl('good.ocsp'), asked);
    const [stranger] = readChain((await aPki()).root.pem);
    expect(stranger && answer?.signedFor(stranger, LATER)).toBe(false);
    expect(answer?.signedFor(issuer, new Date('2026-01-01T00:00:00Z'))).toBe(false);
    expect(answer?.signedFor(issuer, new Date('2060-01-01T00:00:00Z'))).toBe(false);
  });

  test('is not believed once a bit of it was changed', () => {
    const der = byOpenssl('revoked.ocsp');
    // RevokedInfo: [1] with a GeneralizedTime, whose year is changed.
    const at = der.indexOf(Buffer.from('a111180f', 'hex'));
    expect(at).toBeGreaterThan(0);
    const forged = Buffer.from(der);
    forged.write('2027', at + 4);
    expect(readOcspAnswer(forged, asked)?.status).toBe('revoked');
    expect(readOcspAnswer(forged, asked)?.signedFor(issuer, LATER)).toBe(false);
  });

  test('about another certificate is none', () => {
    expect(
      readOcspAnswer(byOpenssl('good.ocsp'), { ...asked, serial_number: '1' }),
    ).toBeUndefined();
  });

  test('that refuses is none', () => {
    // OCSPResponse { responseStatus tryLater (3) }
    expect(readOcspAnswer(Uint8Array.of(0x30, 3, 0x0a, 1, 3), asked)).toBeUndefined();
  });

  test('that is noise never throws', () => {
    const good = byOpenssl('delegated.ocsp');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(good.length - 1), (noise, at) => {
        readOcspAnswer(noise, asked)?.signedFor(issuer, LATER);
        const spoiled = Uint8Array.from(good);
        spoiled.set(noise.subarray(0, good.length - at), at);
        readOcspAnswer(spoiled, asked)?.signedFor(issuer, LATER);
      }),
      { numRuns: 300 },
    );
  });
});
