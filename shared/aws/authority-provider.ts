import type { CertificateAuthority } from '#shared/core/certificate-authority.ts';

type Make = () => Promise<CertificateAuthority>;
let make: Make | undefined;
let made: Promise<CertificateAuthority> | undefined;

/** Called by shared/aws/provide-authority.ts, in the bundle of the function that issues certificates. */
export function provideAuthority(factory: Make): void {
  make ??= factory;
}

export function certificateAuthority(): Promise<CertificateAuthority> {
  if (!make)
    throw new Error(
      'Import shared/aws/provide-authority.ts in a function that issues certificates',
    );
  made ??= make();
  return made;
}
