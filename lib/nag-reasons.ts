export interface NagReason {
  /** The finding, as cdk-nag names it: rule, and what it found in brackets. */
  readonly finding: RegExp;
  /** Where it is expected; a finding elsewhere is one. */
  readonly at: RegExp;
  readonly reason: string;
}

/** Every finding of cdk-nag's AwsSolutions pack that is left as it is, and why. There are no others. */
export const nagReasons: readonly NagReason[] = [
  {
    finding: /^AwsSolutions-SMG4$/,
    at: /^Data\/CursorKey\//,
    reason:
      'Signs paging cursors that live for a day. It protects no data: a forged cursor shows nothing its bearer may not list.',
  },
  {
    finding: /^AwsSolutions-SMG4$/,
    at: /^Data\/FilesKey\//,
    reason:
      'The edge takes its value at deploy. Rotating it between deploys would end every URL of a file; docs/deploy.md says how to change it.',
  },
  {
    finding: /^AwsSolutions-SMG4$/,
    at: /^Data\/OriginSecret\//,
    reason:
      'CloudFront takes its value at deploy. Rotating it between deploys would cut the edge off; docs/deploy.md says how to change it.',
  },
  {
    finding: /^AwsSolutions-SMG4$/,
    at: /^Setup\/FirstApiKey$/,
    reason:
      'Hands the first API key over, once. Keys are rotated through the API; rotating the copy would only make it wrong.',
  },
  {
    finding: /^AwsSolutions-IAM4\[.*AmazonAPIGatewayPushToCloudWatchLogs\]$/,
    at: /^Data\/GatewayLogsRole\//,
    reason: 'The policy that AWS asks for on the role by which API Gateway writes its logs.',
  },
  {
    finding: /^AwsSolutions-APIG4$/,
    at: /^(Ocpp|Live)\/Socket\/Api\/\$(default|disconnect)-Route\//,
    reason:
      'A WebSocket API authorizes when a connection opens; API Gateway offers no authorizer on later routes.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*@connections\/\*\]$/,
    at: /\/Role\/DefaultPolicy\//,
    reason: 'Connection ids are made when connections open. Limited to one API and stage.',
  },
  {
    finding:
      /^AwsSolutions-IAM5\[Resource::[\w-]+:ExportsOutputFnGetAttFiles\w+\/(firmware\/)?\*\]$/,
    at: /\/Role\/DefaultPolicy\//,
    reason:
      'Files have the names of what they belong to, which is made later. Limited to one bucket.',
  },
  {
    finding: /^AwsSolutions-S1$/,
    at: /^Data\/Files\//,
    reason:
      'Chargers and people come through the edge, which logs them; what our functions ask for is in CloudTrail.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    at: /\/Role\/DefaultPolicy\//,
    reason: 'X-Ray: PutTraceSegments and PutTelemetryRecords know no resources.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*:function:[a-z0-9-]+-\*\]$/,
    at: /^Api\/GatewayRole\/DefaultPolicy\//,
    reason:
      'API Gateway may call the functions of this deployment, by prefix. An ARN for each of 200 would pass the size a policy may have.',
  },
  {
    finding: /^AwsSolutions-SQS3$/,
    at: /^Events\/.*Dead\//,
    reason: 'It is a dead-letter queue itself, of an event source or a rule.',
  },
  {
    finding: /^AwsSolutions-APIG2$/,
    at: /^Api\/Api\//,
    reason:
      'The functions validate, with the schemas that make the documentation, and answer with problem documents API Gateway cannot write.',
  },
  {
    finding: /^AwsSolutions-(APIG3|CFR2)$/,
    at: /^(Api\/Api|Edge\/Distribution)\//,
    reason:
      'A web ACL belongs to the account that pays for it: context webAclArn attaches one at the edge, and nobody passes beside the edge.',
  },
  {
    finding: /^AwsSolutions-S1$/,
    at: /^Edge\/AccessLogs\//,
    reason: 'It holds access logs itself.',
  },
  {
    finding: /^AwsSolutions-CFR1$/,
    at: /^Edge\/Distribution\//,
    reason:
      'Chargers roam and partners call from anywhere; a restriction is the operator’s choice.',
  },
  {
    finding: /^AwsSolutions-CFR4$/,
    at: /^Edge\/Distribution\//,
    reason:
      'CloudFront’s own certificate sets the protocol itself. With context domainName and certificateArn it is TLS 1.2 of 2021.',
  },
];
