import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { isPrivateCa, type Resources } from '#lib/constructs/resources.ts';
import type { Call } from '#lib/reach.ts';

// A row past its time counts as none: raising or changing it then puts it anew.
const TABLE_ACTIONS: Partial<Record<Call, readonly string[]>> = {
  'table.get': ['dynamodb:GetItem'],
  'table.batchGet': ['dynamodb:BatchGetItem'],
  'table.increment': ['dynamodb:UpdateItem', 'dynamodb:PutItem'],
  'table.put': ['dynamodb:PutItem'],
  'table.update': ['dynamodb:UpdateItem', 'dynamodb:PutItem'],
  'table.delete': ['dynamodb:DeleteItem'],
  'table.check': ['dynamodb:ConditionCheckItem'],
};

/** One role for one group of functions: it may do what their code can call, and no more. */
export function groupRole(
  scope: Construct,
  id: string,
  about: string,
  calls: ReadonlySet<Call>,
  resources: Resources,
): Role {
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `Runs ${about}`,
  });
  for (const [actions, arns] of grants(calls, resources))
    if (actions.length > 0 && arns.length > 0)
      role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...arns] }));
  return role;
}

type Grant = readonly [actions: readonly string[], arns: readonly string[]];

function grants(calls: ReadonlySet<Call>, give: Resources): Grant[] {
  const { table } = give;
  const onTable = new Set([...calls].flatMap((call) => TABLE_ACTIONS[call] ?? []));
  const when = (call: Call, ...grant: Grant): Grant[] => (calls.has(call) ? [grant] : []);
  return [
    [[...onTable].sort(), [table.arn]],
    ...when('table.query', ['dynamodb:Query'], [table.arn, ...table.indexArns]),
    ...when('sockets.ocpp', MANAGE, give.ocpp ? [give.ocpp.connectionsArn] : []),
    ...when('sockets.live', MANAGE, give.live ? [give.live.connectionsArn] : []),
    ...when('traffic.append', WRITE_LOG, [give.traffic.streamsArn]),
    ...when('traffic.newest', ['logs:GetLogEvents'], [give.traffic.streamsArn]),
    ...when('cursorKey', READ_SECRET, [give.cursorKeyArn]),
    ...when('filesKey', READ_SECRET, [give.files.keyArn]),
    ...when('files.acceptExactly', ['s3:PutObject'], [`${give.files.arn}/firmware/*`]),
    ...when('files.head', ['s3:GetObject'], [`${give.files.arn}/*`]),
    // Without it S3 does not tell what is missing from what is forbidden.
    ...when('files.head', ['s3:ListBucket'], [give.files.arn]),
    ...when('mail.send', ['ses:SendEmail'], give.mail?.identityArns ?? []),
    ...when('originSecret', READ_SECRET, [give.originSecretArn]),
    ...issuing(calls, give),
    ...when(
      'keySafe',
      [...READ_SECRET, 'secretsmanager:PutSecretValue'],
      give.firstApiKeyArn ? [give.firstApiKeyArn] : [],
    ),
    ...when('publish', ['events:PutEvents'], give.bus ? [give.bus.arn] : []),
    ...when('enqueue', ['sqs:SendMessage'], give.tasks?.queueArns ?? []),
  ];
}

/** Who issues certificates has the use of the key, or of the Private CAs; the setup tells them apart too. */
function issuing(calls: ReadonlySet<Call>, { authorities: { own, v2g } }: Resources): Grant[] {
  const founds = calls.has('foundAuthority');
  if (!founds && !calls.has('issueCertificate')) return [];
  const all = founds || v2g === undefined ? [own] : [own, v2g];
  const issue = founds ? ['acm-pca:GetCertificateAuthorityCertificate'] : ISSUE;
  return [
    [SIGN, all.filter((arn) => !isPrivateCa(arn))],
    [issue, all.filter(isPrivateCa)],
  ];
}

const SIGN = ['kms:GetPublicKey', 'kms:Sign'];
const ISSUE = [
  'acm-pca:DescribeCertificateAuthority',
  'acm-pca:GetCertificate',
  'acm-pca:IssueCertificate',
];
const MANAGE = ['execute-api:ManageConnections'];
const WRITE_LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const READ_SECRET = ['secretsmanager:GetSecretValue'];
