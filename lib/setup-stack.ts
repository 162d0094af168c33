import { readFileSync } from 'node:fs';
import { CfnOutput, CustomResource, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Bundles } from '#lib/bundle.ts';
import type { TrustedRoots } from '#lib/constructs/charger-viewers.ts';
import { FunctionGroup } from '#lib/constructs/function-group.ts';
import type { Resources } from '#lib/constructs/resources.ts';
import type { Settings } from '#lib/settings.ts';

export interface SetupStackProps extends StackProps {
  readonly settings: Settings;
  readonly bundles: Bundles;
  readonly resources: Resources;
}

/**
 * The first organization and its first API key, so that a plain deploy can be used. The key lies in
 * a secret that is filled once; later deploys leave both as they are.
 */
export class SetupStack extends Stack {
  /** What the edge is to trust, where it asks for client certificates. */
  readonly trusted: TrustedRoots | undefined;

  constructor(
    scope: Construct,
    id: string,
    { settings, bundles, resources, ...props }: SetupStackProps,
  ) {
    super(scope, id, props);
    const secret = new CfnSecret(this, 'FirstApiKey', {
      description: `The first API key of organization ${settings.organization}`,
    });
    secret.applyRemovalPolicy(settings.ephemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN);
    const functions = new FunctionGroup(this, 'Functions', {
      group: 'setup',
      entries: ['seed-organization'],
      bundles,
      settings,
      resources: { ...resources, firstApiKeyArn: secret.ref },
      timeoutSeconds: 60,
    });
    const seed = new CustomResource(this, 'FirstOrganization', {
      resourceType: 'Custom::Organization',
      serviceToken: functions.get('seed-organization').functionArn,
      properties: {
        organization: settings.organization,
        name: settings.organizationName,
        livemode: String(settings.livemode),
        currency: settings.currency,
        timezone: settings.timezone,
        secret: secret.ref,
        ...(settings.ownerEmail ? { owner: settings.ownerEmail } : {}),
      },
    });
    seed.node.addDependency(functions);
    this.trusted = this.#foundAuthority({ settings, bundles, resources });
    new CfnOutput(this, 'FirstApiKeyCommand', {
      value: `aws secretsmanager get-secret-value --region ${this.region} --secret-id ${secret.ref} --query SecretString --output text`,
    });
    new CfnOutput(this, 'Organization', { value: settings.organization });
  }

  /** The certificate all chargers' stand under, and where the edge finds it if it is to look. */
  #foundAuthority({ settings, bundles, resources }: SetupStackProps): TrustedRoots | undefined {
    const { clientCertificates, clientRoots, organizationName, ephemeral } = settings;
    const functions = new FunctionGroup(this, 'AuthorityFunctions', {
      group: 'setup',
      entries: ['found-authority'],
      bundles,
      settings,
      resources,
      timeoutSeconds: 60,
    });
    const bucket = clientCertificates ? trustBucket(this, ephemeral) : undefined;
    bucket?.grantPut(functions.role, KEY);
    const authority = new CustomResource(this, 'Authority', {
      resourceType: 'Custom::CertificateAuthority',
      serviceToken: functions.get('found-authority').functionArn,
      properties: {
        organization: organizationName,
        authority: resources.authorities.own,
        ...(clientRoots ? { roots: readFileSync(clientRoots, 'utf8') } : {}),
        ...(bucket ? { bucket: bucket.bucketName, key: KEY } : {}),
      },
    });
    authority.node.addDependency(functions);
    return bucket && { bucket: bucket.bucketName, key: KEY };
  }
}

const KEY = 'trusted.pem';

/** Roots are public; it is private because it may be, and the edge reads it as whoever deploys. */
const trustBucket = (scope: Construct, ephemeral: boolean): Bucket =>
  new Bucket(scope, 'Trusted', {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned: true,
    removalPolicy: ephemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
