import { setTimeout as pauseFor } from 'node:timers/promises';
import * as z from 'zod';
import { callService, type JsonService, ServiceError } from '#shared/aws/signed-json-call.ts';
import { splitChain, toPem } from '#shared/certificates/pem.ts';
import type { CertificateAuthority } from '#shared/core/certificate-authority.ts';

/** These take our subject for the request's own. A car asks a server; we ask a client. */
const TEMPLATES = {
  charger: 'arn:aws:acm-pca:::template/EndEntityClientAuthCertificate_APIPassthrough/V1',
  v2g: 'arn:aws:acm-pca:::template/EndEntityServerAuthCertificate_APIPassthrough/V1',
} as const;

const PAUSE_MS = 500;
const TRIES = 60;

const Issued = z.object({ CertificateArn: z.string() });
const Certificate = z.object({ Certificate: z.string(), CertificateChain: z.string().default('') });
const Described = z.object({
  CertificateAuthority: z.object({
    CertificateAuthorityConfiguration: z.object({ KeyAlgorithm: z.string() }),
  }),
});

export type PrivateCaService = Omit<JsonService, 'service' | 'target'> & {
  readonly pause?: (ms: number) => Promise<unknown>;
};

/** AWS Private CA: the certificates of an operator's own hierarchy. */
export function privateCa(arn: string, from: PrivateCaService): CertificateAuthority {
  const { pause = pauseFor } = from;
  const service = { ...from, service: 'acm-pca', target: 'ACMPrivateCA' };
  const call = (operation: string, input: object = {}) =>
    callService(service, operation, { CertificateAuthorityArn: arn, ...input });
  let algorithm: Promise<string> | undefined;
  return {
    async issueCertificate(order) {
      algorithm ??= call('DescribeCertificateAuthority').then(algorithmOf);
      const issued = Issued.parse(
        await call('IssueCertificate', {
          Csr: Buffer.from(toPem('CERTIFICATE REQUEST', order.csr)).toString('base64'),
          SigningAlgorithm: await algorithm,
          TemplateArn: TEMPLATES[order.use],
          ApiPassthrough: {
            Subject: { CommonName: order.commonName, Organization: order.organization },
          },
          Validity: { Type: 'ABSOLUTE', Value: seconds(order.notAfter) },
          ValidityNotBefore: { Type: 'ABSOLUTE', Value: seconds(order.notBefore) },
          // The same order again is the same certificate.
          IdempotencyToken: order.serialNumber,
        }),
      );
      const { Certificate: own, CertificateChain: above } = await fetched(
        () => call('GetCertificate', issued),
        pause,
      );
      return [...splitChain(own), ...splitChain(above).slice(0, -1)].join('');
    },
  };
}

/** Its key decides; RSA-PSS is never chosen, as many chargers cannot check it. */
function algorithmOf(described: unknown): string {
  const { CertificateAuthority } = Described.parse(described);
  const { KeyAlgorithm } = CertificateAuthority.CertificateAuthorityConfiguration;
  return KeyAlgorithm.startsWith('RSA') ? 'SHA256WITHRSA' : 'SHA256WITHECDSA';
}

/** A certificate takes a moment to be made. */
async function fetched(get: () => Promise<unknown>, pause: (ms: number) => Promise<unknown>) {
  for (let n = 1; ; n++) {
    try {
      return Certificate.parse(await get());
    } catch (error) {
      const isWaiting =
        error instanceof ServiceError && error.code === 'RequestInProgressException';
      if (!isWaiting || n === TRIES) throw error;
    }
    await pause(PAUSE_MS);
  }
}

/** The certificates chargers stand under, the root last, PEM. */
export async function privateCaChain(arn: string, from: PrivateCaService): Promise<string> {
  const service = { ...from, service: 'acm-pca', target: 'ACMPrivateCA' };
  const input = { CertificateAuthorityArn: arn };
  const answer = await callService(service, 'GetCertificateAuthorityCertificate', input);
  const { Certificate: own, CertificateChain: above } = Certificate.parse(answer);
  return [...splitChain(own), ...splitChain(above)].join('');
}

const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
