import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Settings } from '#lib/settings.ts';

/** What chargers sent stays this long; the rows about it go with it. */
const DIAGNOSTICS_DAYS = 90;

/**
 * Firmware for chargers, and what chargers upload. Private: clients come through the edge, or with a
 * URL that a function signed.
 */
export function fileBucket(
  scope: Construct,
  id: string,
  { ephemeral, emulator }: Settings,
): Bucket {
  const bucket = new Bucket(scope, id, {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    lifecycleRules: [
      { prefix: 'diagnostics/', expiration: Duration.days(DIAGNOSTICS_DAYS) },
      { abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
    removalPolicy: ephemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    // A bucket with files in it does not go.
    autoDeleteObjects: ephemeral && emulator === undefined,
  });
  letEdgeReach(bucket);
  return bucket;
}

/**
 * The distributions of this account may fetch everything and store what chargers send. The one there
 * will be is made later, by another stack, and can not be named here.
 */
function letEdgeReach(bucket: Bucket): void {
  const { account, partition } = Stack.of(bucket);
  const edge = {
    effect: Effect.ALLOW,
    principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
    conditions: {
      ArnLike: { 'AWS:SourceArn': `arn:${partition}:cloudfront::${account}:distribution/*` },
    },
  };
  bucket.addToResourcePolicy(
    new PolicyStatement({
      ...edge,
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects('*')],
    }),
  );
  bucket.addToResourcePolicy(
    new PolicyStatement({
      ...edge,
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('diagnostics/*')],
    }),
  );
}
