import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** Lays the roots the edge is to trust where it looks for them. */
export async function storeTrusted(
  { bucket, key }: { readonly bucket: string; readonly key: string },
  pem: string,
  client = new S3Client({ maxAttempts: 5 }),
): Promise<void> {
  const ContentType = 'application/x-pem-file';
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: pem, ContentType }));
}
