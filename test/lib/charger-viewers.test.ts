import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { describe, expect, it } from 'vitest';
import {
  askForCertificates,
  chargerViewers,
  socketFunction,
} from '#lib/constructs/charger-viewers.ts';
import { readSettings } from '#lib/settings.ts';

const settingsOf = (context: Record<string, string>) =>
  readSettings({ tryGetContext: (name: string) => context[name] });

/** A distribution with the behaviour of chargers, as these settings make it. */
function synthesize(context: Record<string, string>) {
  const settings = settingsOf(context);
  const stack = new Stack(new App(), 'Edge', { env: { region: 'ap-south-1' } });
  const distribution = new Distribution(stack, 'D', {
    defaultBehavior: { origin: new HttpOrigin('a.example'), ...chargerViewers(stack, settings) },
  });
  if (settings.clientCertificates)
    askForCertificates(distribution, settings, { bucket: 'roots', key: 'trusted.pem' });
  return Template.fromStack(stack);
}

describe('how chargers come in', () => {
  it('is over plain text too unless told otherwise, and CloudFront tells which', () => {
    const template = synthesize({});
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { DefaultCacheBehavior: { ViewerProtocolPolicy: 'allow-all' } },
    });
    template.hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: {
        MinTTL: 0,
        DefaultTTL: 0,
        ParametersInCacheKeyAndForwardedToOrigin: {
          HeadersConfig: {
            Headers: [
              'authorization',
              'x-ocpp-organization',
              'x-ocpp-identity',
              'CloudFront-Forwarded-Proto',
            ],
          },
        },
      },
    });
  });

  it('is over TLS alone where that is asked for, with nothing else to tell', () => {
    const template = synthesize({ plainOcpp: 'false' });
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' } },
    });
    template.resourceCountIs('AWS::CloudFront::CachePolicy', 0);
  });

  it('is by client certificates that lead to our roots, where those are asked for', () => {
    const template = synthesize({ clientCertificates: 'true' });
    template.hasResourceProperties('AWS::CloudFront::TrustStore', {
      Name: 'magma-dev-chargers',
      CaCertificatesBundleSource: {
        CaCertificatesBundleS3Location: {
          Bucket: 'roots',
          Key: 'trusted.pem',
          Region: 'ap-south-1',
        },
      },
    });
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' },
        ViewerMtlsConfig: { Mode: 'optional' },
      },
    });
    const [policy] = Object.values(template.findResources('AWS::CloudFront::CachePolicy'));
    expect(JSON.stringify(policy)).toContain('CloudFront-Viewer-Cert-Sha256');
  });
});

it('the function at the edge heeds certificates only where they are verified', () => {
  const folder = new URL('../../lib/edge', import.meta.url).pathname;
  const codeOf = (context: Record<string, string>) =>
    socketFunction(folder, settingsOf(context)).render();
  expect(codeOf({})).toContain("CLIENT_CERTIFICATES = 'off'");
  expect(codeOf({})).toContain("PLAIN_TEXT = 'on'");
  expect(codeOf({ clientCertificates: 'true' })).toContain("CLIENT_CERTIFICATES = 'on'");
  expect(codeOf({ clientCertificates: 'true' })).toContain("PLAIN_TEXT = 'off'");
});

it('plain text and client certificates exclude each other', () => {
  expect(() => settingsOf({ clientCertificates: 'true', plainOcpp: 'true' })).toThrow('exclude');
});
