import { CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import { CfnStage, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import type { FunctionGroup } from '#lib/constructs/function-group.ts';
import { gatewayLogGroup } from '#lib/constructs/gateway-log-group.ts';
import type { SocketResource } from '#lib/constructs/resources.ts';
import type { Settings } from '#lib/settings.ts';

export const SOCKET_STAGE = 'main';

/** A WebSocket API: frames reach `$default` whatever they hold, answers leave by the connection. */
export class SocketApi extends Construct {
  readonly api: WebSocketApi;
  readonly stage: WebSocketStage;
  /** How functions of this stack reach its connections, and how those of other stacks do. */
  readonly here: SocketResource;
  readonly elsewhere: SocketResource;

  constructor(scope: Construct, id: string, name: string, settings: Settings) {
    super(scope, id);
    this.api = new WebSocketApi(this, 'Api', {
      apiName: name,
      routeSelectionExpression: '$request.body.action',
    });
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName: SOCKET_STAGE,
      autoDeploy: true,
      detailedMetricsEnabled: true,
    });
    const logs = gatewayLogGroup(this, 'AccessLogs', name, settings);
    const stage = this.stage.node.defaultChild;
    if (stage instanceof CfnStage)
      stage.accessLogSettings = { destinationArn: logs.logGroupArn, format: ACCESS_LOG };
    const exportName = `${name}-api-id`;
    new CfnOutput(this, 'ApiId', { value: this.api.apiId, exportName });
    this.here = this.#reachedBy(this.api.apiId);
    this.elsewhere = this.#reachedBy(Fn.importValue(exportName));
  }

  /** Connection ids are made when connections open, so a role may manage them all. */
  #reachedBy(apiId: string): SocketResource {
    const { partition, region, account, urlSuffix } = Stack.of(this);
    return {
      endpoint: `https://${apiId}.execute-api.${region}.${urlSuffix}/${SOCKET_STAGE}`,
      connectionsArn: `arn:${partition}:execute-api:${region}:${account}:${apiId}/${SOCKET_STAGE}/*/@connections/*`,
    };
  }

  /** Routes to the functions authorize, connect, message and disconnect. */
  route(functions: FunctionGroup, identityHeaders: readonly string[]): void {
    const to = (entry: string) =>
      new WebSocketLambdaIntegration(`${entry}Integration`, functions.get(entry));
    this.api.addRoute('$connect', {
      integration: to('connect'),
      authorizer: new WebSocketLambdaAuthorizer('Authorizer', functions.get('authorize'), {
        identitySource: identityHeaders.map((header) => `route.request.header.${header}`),
      }),
    });
    this.api.addRoute('$default', { integration: to('message') });
    this.api.addRoute('$disconnect', { integration: to('disconnect') });
  }
}

const ACCESS_LOG = JSON.stringify({
  request_id: '$context.requestId',
  at: '$context.requestTimeEpoch',
  ip: '$context.identity.sourceIp',
  event: '$context.eventType',
  connection: '$context.connectionId',
  organization: '$context.authorizer.organization_id',
  charger: '$context.authorizer.charger_id',
  status: '$context.status',
  error: '$context.error.message',
  integration_error: '$context.integrationErrorMessage',
});
