import { beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '#lib/reach.ts';
import { type DeployedFunction, deployedFunctions } from '#test/infra/deployed-functions.ts';
import { type Synthesized, synthesized } from '#test/infra/synthesized.ts';

/** What AWS demands for each call: the API reference of each service. */
const DEMANDS: Readonly<Record<Call, readonly string[]>> = {
  'table.get': ['dynamodb:GetItem'],
  'table.batchGet': ['dynamodb:BatchGetItem'],
  'table.query': ['dynamodb:Query'],
  // An expired row is put anew.
  'table.increment': ['dynamodb:UpdateItem', 'dynamodb:PutItem'],
  'table.put': ['dynamodb:PutItem'],
  'table.update': ['dynamodb:UpdateItem', 'dynamodb:PutItem'],
  'table.delete': ['dynamodb:DeleteItem'],
  'table.check': ['dynamodb:ConditionCheckItem'],
  'sockets.ocpp': ['execute-api:ManageConnections'],
  'sockets.live': ['execute-api:ManageConnections'],
  'traffic.append': ['logs:CreateLogStream', 'logs:PutLogEvents'],
  'traffic.newest': ['logs:GetLogEvents'],
  cursorKey: ['secretsmanager:GetSecretValue'],
  'files.acceptExactly': ['s3:PutObject'],
  // To be told that an object is missing takes the right to list.
  'files.head': ['s3:GetObject', 's3:ListBucket'],
  filesKey: ['secretsmanager:GetSecretValue'],
  'mail.isOn': [],
  'mail.send': ['ses:SendEmail'],
  originSecret: ['secretsmanager:GetSecretValue'],
  keySafe: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
  issueCertificate: ['kms:GetPublicKey', 'kms:Sign'],
  foundAuthority: ['kms:GetPublicKey', 'kms:Sign'],
  publish: ['events:PutEvents'],
  enqueue: ['sqs:SendMessage'],
};

/** Every function has these: it writes its log, and its trace. */
const HOUSEKEEPING = /^(logs:(CreateLogStream|PutLogEvents)|xray:Put\w+)$/;
/** What its trigger demands of the role. */
const TRIGGERS =
  /^(sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueue\w+)|dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams))$/;

describe('the role of every function', () => {
  let all: Synthesized;
  let deployed: DeployedFunction[];
  beforeAll(async () => {
    all = await synthesized();
    deployed = deployedFunctions(all);
  });
  const demandsOf = (each: DeployedFunction) =>
    [...all.bundles.callsOf(each)].flatMap((call) => DEMANDS[call]);
  const holders = (action: string) =>
    deployed.filter((each) => each.actions.includes(action)).map(({ file }) => file);

  it('allows whatever the code calls', () => {
    for (const each of deployed)
      expect(each.actions, each.file).toEqual(expect.arrayContaining(demandsOf(each)));
  });

  it('allows nothing that no function of the role calls', () => {
    for (const { role, actions } of deployed) {
      const demanded = new Set(deployed.filter((one) => one.role === role).flatMap(demandsOf));
      // The readers of queues and streams put what they cannot read where nobody loses it.
      const aside = actions.filter(
        (action) => action === 'sqs:SendMessage' && !demanded.has(action),
      );
      const excess = actions.filter(
        (action) =>
          !demanded.has(action) &&
          !HOUSEKEEPING.test(action) &&
          !TRIGGERS.test(action) &&
          !(aside.includes(action) && role.includes('Stream')),
      );
      expect(excess, role).toEqual([]);
    }
  });

  it('lets the relay alone publish, and the four doors alone read the secret of the edge', () => {
    expect(holders('events:PutEvents')).toEqual(['functions/stream/relay-events.ts']);
    expect(holders('secretsmanager:PutSecretValue')).toEqual([
      'functions/setup/seed-organization.ts',
    ]);
    const readers = deployed.filter(({ environment }) => 'ORIGIN_SECRET' in environment);
    expect(new Set(readers.map(({ group }) => group))).toEqual(
      new Set(['auth', 'ocpp', 'live', 'oauth2']),
    );
  });

  it('lets the worker alone that issues certificates, and the setup, use the key of the authority', () => {
    expect(holders('kms:Sign').sort()).toEqual([
      'functions/setup/found-authority.ts',
      'functions/tasks/issue-certificate.ts',
    ]);
  });

  it('never holds a wildcard action', () => {
    expect(deployed.flatMap(({ actions }) => actions).filter((a) => a.includes('*'))).toEqual([]);
  });

  it('tells a function only what its role may reach', () => {
    for (const { file, environment, actions } of deployed) {
      if (environment['EVENT_BUS']) expect(actions, file).toContain('events:PutEvents');
      if (environment['TASK_QUEUE_URL_PREFIX']) expect(actions, file).toContain('sqs:SendMessage');
    }
  });
});

describe('cdk-nag, AwsSolutions', () => {
  it('finds nothing that has no written reason', async () => {
    expect((await synthesized()).nag.open).toEqual([]);
  });

  it('needs every reason that is written', async () => {
    expect((await synthesized()).nag.unused).toEqual([]);
  });
});
