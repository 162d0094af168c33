import { readFileSync } from 'node:fs';
import { CfnOutput, Fn, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { asBucket } from '#lib/constructs/cdk-types.ts';
import {
  askForCertificates,
  chargerViewers,
  socketFunction,
  type TrustedRoots,
} from '#lib/constructs/charger-viewers.ts';
import { logBucket } from '#lib/constructs/log-bucket.ts';
import type { Settings } from '#lib/settings.ts';

interface Gateway {
  readonly apiId: string;
  readonly stage: string;
}

export interface EdgeStackProps extends StackProps {
  readonly settings: Settings;
  /** Where lib/edge lies. */
  readonly edgeFolder: string;
  readonly originSecret: Secret;
  /** What client certificates must lead to, where they are asked for. */
  readonly trusted?: TrustedRoots;
  readonly files: Bucket;
  readonly filesKey: Secret;
  readonly rest: Gateway;
  readonly ocpp: Gateway;
  readonly live: Gateway;
}

/** The one public host: CloudFront before the REST API, both WebSocket APIs and the store of files. */
export class EdgeStack extends Stack {
  readonly distribution: Distribution;
  readonly #props: EdgeStackProps;

  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    this.#props = props;
    const { settings } = props;
    const rest = this.#behaviour(props.rest, this.#edgeFunction('forward-host'));
    const rewrite = this.#edgeFunction(
      'rewrite-socket-path',
      socketFunction(props.edgeFolder, settings),
    );
    this.distribution = new Distribution(this, 'Distribution', {
      comment: settings.name,
      defaultBehavior: rest,
      additionalBehaviors: {
        '/v1/*': rest,
        '/oauth2/*': rest,
        '/.well-known/*': rest,
        '/ocpi/*': rest,
        '/ocpp/*': { ...this.#behaviour(props.ocpp, rewrite), ...chargerViewers(this, settings) },
        '/live/*': this.#behaviour(props.live, rewrite),
        ...this.#fileBehaviours(),
      },
      // Viewers' certificates are asked for over TCP alone.
      httpVersion: props.trusted ? HttpVersion.HTTP2 : HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_200,
      ...(settings.ephemeral ? {} : { logBucket: asBucket(logBucket(this, 'AccessLogs')) }),
      ...(settings.domainName ? { domainNames: [settings.domainName] } : {}),
      ...(settings.certificateArn
        ? {
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
            certificate: Certificate.fromCertificateArn(
              this,
              'Certificate',
              settings.certificateArn,
            ),
          }
        : {}),
      ...(settings.webAclArn ? { webAclId: settings.webAclArn } : {}),
    });
    if (props.trusted) askForCertificates(this.distribution, settings, props.trusted);
    Validations.of(this.distribution).acknowledge({
      id: 'Annotation::@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac',
      reason: 'The policy of the bucket of files lets the edge in (lib/constructs/file-bucket.ts).',
    });
    this.#output(settings.domainName ?? this.distribution.distributionDomainName);
  }

  #edgeFunction(
    name: string,
    code = FunctionCode.fromFile({ filePath: `${this.#props.edgeFolder}/${name}.js` }),
  ): EdgeFunction {
    return new EdgeFunction(this, name, {
      functionName: `${this.#props.settings.name}-${name}`,
      code,
      runtime: FunctionRuntime.JS_2_0,
    });
  }

  /** Nothing is cached. Host is left out: API Gateway answers to its own name only. */
  #behaviour(gateway: Gateway, onRequest: EdgeFunction): BehaviorOptions {
    return {
      origin: this.#origin(gateway),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      functionAssociations: [{ function: onRequest, eventType: FunctionEventType.VIEWER_REQUEST }],
    };
  }

  /**
   * Files by signed URLs. An image never changes: after the first charger of a campaign the edge has
   * it. The bucket's policy lies with the bucket, which knows no distribution yet.
   */
  #fileBehaviours(): Record<string, BehaviorOptions> {
    const { files, filesKey, edgeFolder } = this.#props;
    const bucket = Bucket.fromBucketAttributes(this, 'Files', {
      bucketName: files.bucketName,
      bucketRegionalDomainName: files.bucketRegionalDomainName,
    });
    const code = readFileSync(`${edgeFolder}/open-file-path.js`, 'utf8');
    const open = this.#edgeFunction(
      'open-file-path',
      FunctionCode.fromInline(code.replace('{{KEY}}', filesKey.secretValue.unsafeUnwrap())),
    );
    const common = {
      origin: S3BucketOrigin.withOriginAccessControl(bucket),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      functionAssociations: [{ function: open, eventType: FunctionEventType.VIEWER_REQUEST }],
    };
    return {
      '/files/firmware/*': {
        ...common,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      },
      '/files/diagnostics/*': {
        ...common,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
      },
    };
  }

  #origin({ apiId, stage }: Gateway): HttpOrigin {
    const { originSecret, settings } = this.#props;
    const customHeaders = { 'x-origin-verify': originSecret.secretValue.unsafeUnwrap() };
    if (settings.emulator) {
      // No name in DNS leads to an emulator's gateways: they are paths of its own.
      const { hostname, port } = new URL(settings.emulator);
      return new HttpOrigin(hostname, {
        originPath: `/_aws/execute-api/${apiId}/${stage}`,
        protocolPolicy: OriginProtocolPolicy.HTTP_ONLY,
        httpPort: Number(port),
        customHeaders,
      });
    }
    return new HttpOrigin(`${apiId}.execute-api.${this.region}.${this.urlSuffix}`, {
      originPath: `/${stage}`,
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      customHeaders,
    });
  }

  #output(host: string): void {
    const { organization } = this.#props.settings;
    new CfnOutput(this, 'BaseUrl', { value: Fn.join('', ['https://', host]) });
    new CfnOutput(this, 'OcppUrl', {
      value: Fn.join('', ['wss://', host, '/ocpp/', organization, '/{charger}']),
    });
    new CfnOutput(this, 'LiveUrl', { value: Fn.join('', ['wss://', host, '/live/{ticket}']) });
  }
}
