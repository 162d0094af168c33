import { generateKeyPairSync } from 'node:crypto';
import type { CertificateAuthority, CertificateOrder } from '#shared/core/certificate-authority.ts';

export interface TestAuthority extends CertificateAuthority {
  /** What it was asked for, in order. */
  readonly orders: CertificateOrder[];
  /** The root's certificate, PEM. */
  root(): Promise<string>;
}

/** A real authority of one key in memory, made when it is first asked. */
export function aTestAuthority(): TestAuthority {
  const orders: CertificateOrder[] = [];
  let made: ReturnType<typeof found> | undefined;
  const issuer = () => {
    made ??= found();
    return made;
  };
  return {
    orders,
    async issueCertificate(order) {
      const { makeCertificate } = await import('#shared/certificates/make-certificate.ts');
      orders.push(order);
      return makeCertificate(order, await issuer());
    },
    root: async () => (await issuer()).chain,
  };
}

async function found() {
  const { keySigner } = await import('#shared/certificates/key-signer.ts');
  const { makeAuthority } = await import('#shared/certificates/make-authority.ts');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = keySigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const about = { commonName: 'Test root', organization: 'Magma', serialNumber: '01' };
  const chain = await makeAuthority({ ...about, now: new Date('2026-01-01T00:00:00Z') }, key);
  return { ...key, chain };
}
