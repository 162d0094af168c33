import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Settings } from '#lib/settings.ts';

/** Where a gateway writes one line per request or connection. */
export const gatewayLogGroup = (scope: Construct, id: string, name: string, settings: Settings) =>
  new LogGroup(scope, id, {
    logGroupName: `/aws/apigateway/${name}`,
    retention: settings.logDays satisfies RetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
