import { provideAuthority } from '#shared/aws/authority-provider.ts';
import { readConfig } from '#shared/aws/config.ts';

// Imported by the functions that issue certificates: no other bundle holds the clients of KMS and of
// AWS Private CA, nor what makes certificates. They are loaded at the first certificate.
provideAuthority(async () => {
  const { cloudAuthority } = await import('#shared/aws/cloud-authority.ts');
  return cloudAuthority(readConfig(process.env));
});
