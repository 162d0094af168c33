import { readFileSync } from 'node:fs';
import { Duration, Stack } from 'aws-cdk-lib';
import {
  type BehaviorOptions,
  CacheHeaderBehavior,
  CachePolicy,
  CfnDistribution,
  CfnTrustStore,
  type Distribution,
  FunctionCode,
  type ICachePolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { Settings } from '#lib/settings.ts';

/** Where the roots lie that the edge is to trust. */
export interface TrustedRoots {
  readonly bucket: string;
  readonly key: string;
}

/**
 * What a cache policy has to name so that CloudFront adds it. Beside them all by which chargers differ:
 * the path is rewritten to the same for all, and no answer to one may ever be another's.
 */
const KEYS = ['authorization', 'x-ocpp-organization', 'x-ocpp-identity'];
const PROTOCOL = ['CloudFront-Forwarded-Proto'];
const CERTIFICATE = ['Present', 'Sha256', 'Subject', 'Issuer'].map(
  (name) => `CloudFront-Viewer-Cert-${name}`,
);

/** The edge's function before the WebSocket APIs, told what its distribution lets in. */
export const socketFunction = (edgeFolder: string, settings: Settings): FunctionCode =>
  FunctionCode.fromInline(
    readFileSync(`${edgeFolder}/rewrite-socket-path.js`, 'utf8')
      .replace('{{CLIENT_CERTIFICATES}}', settings.clientCertificates ? 'on' : 'off')
      .replace('{{PLAIN_TEXT}}', settings.plainOcpp ? 'on' : 'off'),
  );

/** How chargers come in: over plain text too or not, and whether CloudFront tells how. */
export function chargerViewers(
  scope: Construct,
  settings: Settings,
): Pick<BehaviorOptions, 'viewerProtocolPolicy' | 'cachePolicy'> {
  const { plainOcpp, clientCertificates, emulator } = settings;
  const viewerProtocolPolicy = plainOcpp
    ? // Chargers of OCPP security profiles 0 and 1 know no TLS; an organization decides whether it lets them in.
      ViewerProtocolPolicy.ALLOW_ALL
    : ViewerProtocolPolicy.HTTPS_ONLY;
  const isTold = (plainOcpp || clientCertificates) && !emulator;
  const cachePolicy = isTold ? tellingPolicy(scope, settings) : CachePolicy.CACHING_DISABLED;
  return { viewerProtocolPolicy, cachePolicy };
}

/** CloudFront adds headers to what it may keep for at least a second; nothing says that it may. */
function tellingPolicy(scope: Construct, { name, clientCertificates }: Settings): ICachePolicy {
  const headers = [...KEYS, ...PROTOCOL, ...(clientCertificates ? CERTIFICATE : [])];
  return new CachePolicy(scope, 'ChargerViewers', {
    cachePolicyName: `${name}-charger-viewers`,
    comment: 'Keeps nothing; tells how a charger came',
    headerBehavior: CacheHeaderBehavior.allowList(...headers),
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.seconds(1),
  });
}

/** Chargers may show a certificate that leads to one of these roots; who shows another is cut off. */
export function askForCertificates(
  distribution: Distribution,
  { name }: Settings,
  { bucket, key }: TrustedRoots,
): void {
  const { region } = Stack.of(distribution);
  const roots = new CfnTrustStore(distribution, 'Trusted', {
    name: `${name}-chargers`,
    caCertificatesBundleSource: { caCertificatesBundleS3Location: { bucket, key, region } },
  });
  const resource = distribution.node.defaultChild;
  if (!(resource instanceof CfnDistribution)) throw new Error('A distribution is no distribution');
  resource.addPropertyOverride('DistributionConfig.ViewerMtlsConfig', {
    Mode: 'optional',
    TrustStoreConfig: { TrustStoreId: roots.attrId },
  });
}
