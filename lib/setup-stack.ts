import { CfnOutput, CustomResource, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Bundles } from '#lib/bundle.ts';
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
      },
    });
    seed.node.addDependency(functions);
    new CfnOutput(this, 'FirstApiKeyCommand', {
      value: `aws secretsmanager get-secret-value --region ${this.region} --secret-id ${secret.ref} --query SecretString --output text`,
    });
    new CfnOutput(this, 'Organization', { value: settings.organization });
  }
}
