import { HeadObjectCommand, NotFound, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { s3Files } from '#shared/aws/s3-files.ts';

const PATH = 'firmware/demo/fwi_1';
/** SHA-256 of `abc` (FIPS 180-2, B.1), in the two spellings. */
const HEX = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const BASE64 = 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=';
const STORED = new Date('2026-06-01T10:00:00.000Z');

function aStore() {
  const mock = mockClient(S3Client);
  const client = new S3Client({
    region: 'ap-south-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  return { mock, files: s3Files('a-bucket', client) };
}

describe('files in S3', () => {
  // S3 compares the body with the checksum and the length that the URL's signature covers.
  it('are accepted by a URL that is signed for these bytes alone', async () => {
    const { files } = aStore();
    const { method, url, headers } = await files.acceptExactly(PATH, { size: 3, sha256: HEX }, 900);
    const { hostname, pathname, searchParams } = new URL(url);
    expect(method).toBe('PUT');
    expect(hostname).toBe('a-bucket.s3.ap-south-1.amazonaws.com');
    expect(pathname).toBe(`/${PATH}`);
    expect(searchParams.get('X-Amz-Expires')).toBe('900');
    expect(searchParams.get('X-Amz-SignedHeaders')?.split(';')).toEqual(
      expect.arrayContaining(['content-length', 'host', 'x-amz-checksum-sha256']),
    );
    expect([...searchParams.keys()].filter((name) => name.includes('checksum'))).toEqual([]);
    expect(headers).toEqual({ 'content-length': '3', 'x-amz-checksum-sha256': BASE64 });
  });

  it('tell their size and checksum', async () => {
    const { mock, files } = aStore();
    mock
      .on(HeadObjectCommand, { Bucket: 'a-bucket', Key: PATH, ChecksumMode: 'ENABLED' })
      .resolves({ ContentLength: 3, ChecksumSHA256: BASE64, LastModified: STORED });
    expect(await files.head(PATH)).toEqual({
      size: 3,
      sha256: HEX,
      storedAt: STORED.toISOString(),
    });
  });

  it('tell no checksum where whoever stored them gave none', async () => {
    const { mock, files } = aStore();
    mock.on(HeadObjectCommand).resolves({ ContentLength: 3, LastModified: STORED });
    expect(await files.head(PATH)).toMatchObject({ size: 3, sha256: null });
  });

  it('are missing, which is no failure; being forbidden to look is one', async () => {
    const { mock, files } = aStore();
    const $metadata = { httpStatusCode: 404 };
    mock.on(HeadObjectCommand).rejects(new NotFound({ message: 'no', $metadata }));
    expect(await files.head(PATH)).toBeUndefined();
    const forbidden = new S3ServiceException({
      name: 'Forbidden',
      $fault: 'client',
      $metadata: { httpStatusCode: 403 },
    });
    mock.on(HeadObjectCommand).rejects(forbidden);
    await expect(files.head(PATH)).rejects.toBe(forbidden);
  });
});
