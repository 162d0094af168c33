import {
  ChecksumMode,
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Files } from '#shared/core/files.ts';

/** Checksums are ours to choose: the default would sign the checksum of an empty body. */
const makeClient = () => new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
/** Signed as headers that the client must send, since S3 compares the body with them. */
const HEADERS = new Set(['content-length', 'x-amz-checksum-sha256']);

/** Files in a bucket. */
export const s3Files = (Bucket: string, client: S3Client = makeClient()): Files => ({
  async acceptExactly(Key, { size, sha256 }, seconds) {
    const checksum = Buffer.from(sha256, 'hex').toString('base64');
    const url = await getSignedUrl(
      client,
      new PutObjectCommand({ Bucket, Key, ContentLength: size, ChecksumSHA256: checksum }),
      {
        expiresIn: seconds,
        unhoistableHeaders: HEADERS,
        signableHeaders: new Set([...HEADERS, 'host']),
      },
    );
    return {
      method: 'PUT',
      url,
      headers: { 'content-length': String(size), 'x-amz-checksum-sha256': checksum },
      expires_at: new Date(Date.now() + seconds * 1000).toISOString(),
    };
  },
  async head(Key) {
    try {
      const found = await client.send(
        new HeadObjectCommand({ Bucket, Key, ChecksumMode: ChecksumMode.ENABLED }),
      );
      return {
        size: found.ContentLength ?? 0,
        sha256: found.ChecksumSHA256
          ? Buffer.from(found.ChecksumSHA256, 'base64').toString('hex')
          : null,
        storedAt: (found.LastModified ?? new Date()).toISOString(),
      };
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  },
});
