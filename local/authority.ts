import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Issuer, Signer } from '#shared/certificates/write-certificate.ts';
import type { CertificateAuthority } from '#shared/core/certificate-authority.ts';

const ORGANIZATION = 'Magma ChargeSpot, this machine only';
const SERVER_DAYS = 825;
const DAY_MS = 86_400_000;

/** A server's keys and certificates, in pairs. */
export interface ServerCredentials {
  readonly cert: string[];
  readonly key: string[];
}

/**
 * The authority of a local host: a root, and the key under it that issues, in files of the data folder
 * that nobody else may read. Made at first need, and kept over a reset, so that a charger on the desk
 * goes on trusting it.
 */
export class LocalAuthority implements CertificateAuthority {
  /** Where the certificate lies that chargers must trust. */
  readonly rootFile: string;
  readonly #folder: string;
  #issuer: Promise<Issuer> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.rootFile = join(folder, 'root.pem');
  }

  async issueCertificate(order: Parameters<CertificateAuthority['issueCertificate']>[0]) {
    const { makeCertificate } = await import('#shared/certificates/make-certificate.ts');
    return makeCertificate(order, await this.issuer());
  }

  /** Every certificate under which chargers' and servers' certificates stand. */
  async trusted(): Promise<string[]> {
    const { chain } = await this.issuer();
    return [readFileSync(this.rootFile, 'utf8'), chain];
  }

  issuer(): Promise<Issuer> {
    this.#issuer ??= this.#open();
    return this.#issuer;
  }

  /** A server's certificates, under an ECDSA and an RSA key: chargers know one or the other (A00.FR.317). */
  async serverCredentials(hosts: readonly string[]): Promise<ServerCredentials> {
    const elliptic = await this.#server('server-ecdsa', hosts, 'ec');
    const rsa = await this.#server('server-rsa', hosts, 'rsa');
    return { cert: [elliptic.cert, rsa.cert], key: [elliptic.key, rsa.key] };
  }

  async #open(): Promise<Issuer> {
    const { keySigner } = await import('#shared/certificates/key-signer.ts');
    const rootKey = keySigner(this.#key('root', 'ec'));
    const root = await this.#certificate('root', rootKey);
    const key = keySigner(this.#key('issuing', 'ec'));
    const chain = await this.#certificate('issuing', key, { ...rootKey, chain: root });
    return { ...key, chain };
  }

  async #certificate(name: string, key: Signer, above?: Issuer): Promise<string> {
    return this.#kept(`${name}.pem`, async () => {
      const { makeAuthority } = await import('#shared/certificates/make-authority.ts');
      const wanted = { ...about(`Magma ChargeSpot ${name} CA`), now: new Date() };
      return makeAuthority(wanted, key, above);
    });
  }

  /** Made anew at each start, for a day or years may have passed, and hosts may have changed. */
  async #server(name: string, hosts: readonly string[], type: 'ec' | 'rsa') {
    const { makeServerCertificate } = await import('#shared/certificates/make-authority.ts');
    const { publicKeyOf } = await import('#shared/certificates/key-signer.ts');
    const key = this.#key(name, type);
    const now = new Date();
    const notAfter = new Date(now.getTime() + SERVER_DAYS * DAY_MS);
    const [commonName = 'localhost'] = hosts;
    const server = { ...about(commonName), now, notAfter, publicKey: publicKeyOf(key) };
    return { key, cert: await makeServerCertificate(server, hosts, await this.issuer()) };
  }

  #key(name: string, type: 'ec' | 'rsa'): string {
    const file = join(this.#folder, `${name}.key`);
    if (!existsSync(file)) this.#write(`${name}.key`, newKey(type));
    return readFileSync(file, 'utf8');
  }

  async #kept(name: string, make: () => Promise<string>): Promise<string> {
    const file = join(this.#folder, name);
    if (!existsSync(file)) this.#write(name, await make());
    return readFileSync(file, 'utf8');
  }

  /** Whole or not at all, whenever the process dies. */
  #write(name: string, text: string): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const file = join(this.#folder, name);
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}

const about = (commonName: string) => ({
  commonName,
  organization: ORGANIZATION,
  // Positive, and never the same.
  serialNumber: `4${randomBytes(16).toString('hex').slice(1)}`,
});

function newKey(type: 'ec' | 'rsa'): string {
  const { privateKey } =
    type === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
