import { CfnOutput, NestedStack, Size, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiDefinition,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  SpecRestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { apiDefinition } from '#lib/api-definition.ts';
import type { Bundles } from '#lib/bundle.ts';
import { FunctionGroup } from '#lib/constructs/function-group.ts';
import { gatewayLogGroup } from '#lib/constructs/gateway-log-group.ts';
import type { Resources } from '#lib/constructs/resources.ts';
import { camelCase, functionName, pascalCase } from '#lib/names.ts';
import type { Settings } from '#lib/settings.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';

/** The stage's own name; clients never see it. */
export const STAGE = 'main';

const AUTHORIZER = { group: 'auth', entry: 'authorize-request' };
/** Koa, and RSA in JavaScript's hands: more memory is more processor, and a quicker cold start. */
const OAUTH = { group: 'oauth2', entry: 'answer', memoryMb: 1024 };
const UNKNOWN_PATH = { group: 'http', entry: 'unknown-path' };

/** The client's address and the host it used, by the function at the edge; an emulator runs none. */
const BY_EDGE = ['x-viewer-address', 'x-public-host'];

/** What one account's quota leaves the other APIs; the contract's limit is the limiter's. */
const THROTTLE = { throttlingRateLimit: 2000, throttlingBurstLimit: 1000 };

export interface ApiStackProps extends StackProps {
  readonly settings: Settings;
  readonly bundles: Bundles;
  readonly endpoints: readonly Endpoint[];
  readonly resources: Resources;
}

/** The REST API: one Lambda and one route per file of functions/api. Nothing here names an endpoint. */
export class ApiStack extends Stack {
  readonly api: SpecRestApi;
  readonly #props: ApiStackProps;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    this.#props = props;
    const groups = [...props.bundles.groups.keys()].filter(isRest).sort();
    const nested = groups.map((group) => this.#addGroup(group));
    this.api = this.#makeApi();
    this.api.node.addDependency(...nested);
    new CfnOutput(this, 'RestApiId', { value: this.api.restApiId });
    new CfnOutput(this, 'RestStage', { value: STAGE });
  }

  #addGroup(group: string): NestedStack {
    const { settings, bundles, endpoints, resources } = this.#props;
    const nested = new NestedStack(this, pascalCase(group));
    const about = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
    new FunctionGroup(nested, 'Functions', {
      group,
      bundles,
      settings,
      resources,
      ...(group === OAUTH.group ? { memoryMb: OAUTH.memoryMb } : {}),
      describe: (entry) => {
        const endpoint = about.get(camelCase(entry));
        return endpoint && `${endpoint.route} - ${endpoint.summary}`;
      },
    });
    return nested;
  }

  #makeApi(): SpecRestApi {
    const { settings, endpoints } = this.#props;
    const gateway = this.#gatewayRole();
    const uriOf = (name: string) =>
      `arn:${this.partition}:apigateway:${this.region}:lambda:path/2015-03-31/functions/arn:${this.partition}:lambda:${this.region}:${this.account}:function:${name}/invocations`;
    const proxyTo = (name: string) => ({
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: uriOf(name),
      credentials: gateway.roleArn,
    });
    const definition = apiDefinition({
      title: settings.name,
      endpoints,
      integrationFor: (operationId) => proxyTo(`${settings.name}-${operationId}`),
      oauth: proxyTo(functionName(settings.name, OAUTH.group, OAUTH.entry)),
      unknownPath: proxyTo(functionName(settings.name, UNKNOWN_PATH.group, UNKNOWN_PATH.entry)),
      authorizer: {
        uri: uriOf(functionName(settings.name, AUTHORIZER.group, AUTHORIZER.entry)),
        credentials: gateway.roleArn,
        headers: ['Authorization', 'x-origin-verify', ...(settings.emulator ? [] : BY_EDGE)],
        cacheSeconds: 60,
      },
    });
    const logs = gatewayLogGroup(this, 'AccessLogs', `${settings.name}-api`, settings);
    return new SpecRestApi(this, 'Api', {
      restApiName: settings.name,
      apiDefinition: ApiDefinition.fromInline(definition),
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: false,
      minCompressionSize: Size.kibibytes(1),
      deployOptions: {
        stageName: STAGE,
        tracingEnabled: true,
        metricsEnabled: true,
        loggingLevel: MethodLoggingLevel.ERROR,
        accessLogDestination: new LogGroupLogDestination(logs),
        accessLogFormat: AccessLogFormat.custom(ACCESS_LOG),
        ...THROTTLE,
      },
    });
  }

  /** One role for all integrations: a permission per function would be hundreds of resources. */
  #gatewayRole(): Role {
    const role = new Role(this, 'GatewayRole', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      description: 'API Gateway calls the functions of this deployment',
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [
          `arn:${this.partition}:lambda:${this.region}:${this.account}:function:${this.#props.settings.name}-*`,
        ],
      }),
    );
    return role;
  }
}

const isRest = (group: string) =>
  group.startsWith('api-') || [AUTHORIZER.group, OAUTH.group, UNKNOWN_PATH.group].includes(group);

/** Who asked for what, how it went, how long it took. No query string: cursors and filters stay out. */
const ACCESS_LOG = JSON.stringify({
  request_id: '$context.requestId',
  at: '$context.requestTimeEpoch',
  ip: '$context.identity.sourceIp',
  organization: '$context.authorizer.organization_id',
  credential: '$context.authorizer.credential_id',
  method: '$context.httpMethod',
  path: '$context.resourcePath',
  status: '$context.status',
  error: '$context.error.responseType',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
});
