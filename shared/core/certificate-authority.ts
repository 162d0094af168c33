/** What a certificate is for: the charger's own connection to us, or its talk with cars (ISO 15118). */
export type CertificateUse = 'charger' | 'v2g';

export interface CertificateOrder {
  /** A PKCS #10 request (DER) whose own signature has been checked: what it asks for is its key. */
  readonly csr: Uint8Array;
  readonly use: CertificateUse;
  /** The subject is ours to choose, whatever the request says. */
  readonly commonName: string;
  readonly organization: string;
  /** 32 hex digits, of a number nobody can guess. */
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Issues the certificates of this deployment's chargers. Holds, or has the use of, a key nobody sees. */
export interface CertificateAuthority {
  /** The certificate and those above it but the root, PEM, the certificate first. */
  issueCertificate(order: CertificateOrder): Promise<string>;
}
