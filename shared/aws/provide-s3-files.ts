import { provideFiles } from '#shared/aws/file-provider.ts';

// Imported by the functions that ask for files: no other bundle holds the client of S3, and these
// load it when they first ask.
provideFiles(async (bucket) => {
  const { s3Files } = await import('#shared/aws/s3-files.ts');
  return s3Files(bucket);
});
