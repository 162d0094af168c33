import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as Lambda,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

export interface HouseLambdaProps {
  /** At most 64 characters: it is the whole name, known before anything exists. */
  readonly name: string;
  readonly description: string;
  readonly code: Code;
  readonly entry: string;
  readonly role: Role;
  readonly environment: Record<string, string>;
  readonly logDays: number;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
}

/** A Lambda with the defaults of the house: arm64, Node 24, traced, logs that end. */
export function houseLambda(scope: Construct, id: string, props: HouseLambdaProps): Lambda {
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    logGroupName: `/aws/lambda/${props.name}`,
    retention: props.logDays satisfies RetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  logGroup.grantWrite(props.role);
  return new Lambda(scope, id, {
    functionName: props.name,
    description: props.description.slice(0, 256),
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: props.code,
    handler: `${props.entry}.handler`,
    role: props.role,
    environment: props.environment,
    logGroup,
    memorySize: props.memoryMb,
    timeout: Duration.seconds(props.timeoutSeconds),
    tracing: Tracing.ACTIVE,
  });
}
