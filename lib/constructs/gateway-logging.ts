import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Settings } from '#lib/settings.ts';

/**
 * The role by which every API Gateway of the account and region writes logs. It is one setting for
 * all of them, so it stays when this deployment goes.
 */
export function gatewayLogging(scope: Construct, { ephemeral }: Settings): CfnAccount {
  const role = new Role(scope, 'GatewayLogsRole', {
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    managedPolicies: [
      ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs'),
    ],
  });
  const account = new CfnAccount(scope, 'GatewayAccount', { cloudWatchRoleArn: role.roleArn });
  const policy = ephemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
  role.applyRemovalPolicy(policy);
  account.applyRemovalPolicy(policy);
  return account;
}
