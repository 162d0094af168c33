import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { groupOf } from '#lib/bundle.ts';
import { outputsOf } from '#lib/bundle-reach.ts';
import { resourcesOf, type Synthesized, synthesized } from '#test/infra/synthesized.ts';

/** CloudFront takes no larger function. */
const EDGE_FUNCTION_BYTES = 10_240;

const Policy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Effect: z.string(),
        Action: z.union([z.string(), z.array(z.string())]),
        Principal: z.unknown(),
        Condition: z.unknown(),
      }),
    ),
  }),
});
const Behaviours = z.object({
  DistributionConfig: z.object({
    CacheBehaviors: z.array(
      z.object({
        PathPattern: z.string(),
        AllowedMethods: z.array(z.string()),
        ViewerProtocolPolicy: z.string(),
        FunctionAssociations: z.array(z.unknown()),
      }),
    ),
  }),
});

describe('the store of files, as deployed', () => {
  let all: Synthesized;
  beforeAll(async () => {
    all = await synthesized();
  });
  const bucket = () => resourcesOf(all, 'AWS::S3::Bucket').find(({ stack }) => stack === 'Data');

  it('is private, encrypted, and lets go of what chargers sent after 90 days', () => {
    expect(bucket()?.properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
      LifecycleConfiguration: {
        Rules: [
          { Prefix: 'diagnostics/', ExpirationInDays: 90 },
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
        ],
      },
    });
    const data = all.stacks.find(({ name }) => name === 'Data');
    expect(data?.resources[bucket()?.id ?? '']?.DeletionPolicy).toBe('Retain');
  });

  it('opens to TLS and to distributions of the own account alone', () => {
    const [policy] = resourcesOf(all, 'AWS::S3::BucketPolicy').filter(
      ({ stack }) => stack === 'Data',
    );
    const { Statement } = Policy.parse(policy?.properties).PolicyDocument;
    const [denied, ...allowed] = Statement;
    expect(denied).toMatchObject({
      Effect: 'Deny',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    expect(allowed.map(({ Action }) => Action)).toEqual(['s3:GetObject', 's3:PutObject']);
    for (const { Principal, Condition } of allowed) {
      expect(Principal).toEqual({ Service: 'cloudfront.amazonaws.com' });
      expect(JSON.stringify(Condition)).toContain('AWS::AccountId');
    }
  });

  it('is reached through the edge, which checks every URL, and uploads only what chargers send', () => {
    const [distribution] = resourcesOf(all, 'AWS::CloudFront::Distribution');
    const { CacheBehaviors } = Behaviours.parse(distribution?.properties).DistributionConfig;
    const files = CacheBehaviors.filter(({ PathPattern }) => PathPattern.startsWith('/files/'));
    expect(files).toMatchObject([
      { PathPattern: '/files/firmware/*', AllowedMethods: ['GET', 'HEAD'] },
      { PathPattern: '/files/diagnostics/*', AllowedMethods: expect.arrayContaining(['PUT']) },
    ]);
    for (const { FunctionAssociations, ViewerProtocolPolicy } of files) {
      expect(FunctionAssociations).toHaveLength(1);
      expect(ViewerProtocolPolicy).toBe('https-only');
    }
  });

  it('is opened by a key that no template shows', () => {
    const [open] = resourcesOf(all, 'AWS::CloudFront::Function').filter(({ properties }) =>
      String(properties['Name']).endsWith('open-file-path'),
    );
    const code = JSON.stringify(open?.properties['FunctionCode']);
    expect(code).toContain('{{resolve:secretsmanager:');
    expect(code).not.toContain('{{KEY}}');
    expect(code.length).toBeLessThan(EDGE_FUNCTION_BYTES);
  });

  it('has its client in the bundles of those functions that ask it, and in no other', () => {
    for (const file of all.bundles.functions) {
      const calls = all.bundles.callsOf(file);
      // The setup has it too: it lays roots where the edge looks for them.
      const isSetup = file.file === 'functions/setup/found-authority.ts';
      const asks = calls.has('files.acceptExactly') || calls.has('files.head') || isSetup;
      const { metafile } = groupOf(all.bundles, file.group);
      const hasClient = [...outputsOf(metafile, file.entry)].some((output) =>
        Object.keys(metafile.outputs[output]?.inputs ?? {}).some((input) =>
          input.includes('@aws-sdk/client-s3/'),
        ),
      );
      expect(hasClient, file.file).toBe(asks);
    }
  });
});
