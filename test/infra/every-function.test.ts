import { beforeAll, describe, expect, it } from 'vitest';
import { resourcesOf, type Synthesized, synthesized } from '#test/infra/synthesized.ts';

describe('every function as deployed', () => {
  let all: Synthesized;
  let functions: ReturnType<typeof resourcesOf>;
  beforeAll(async () => {
    all = await synthesized();
    functions = resourcesOf(all, 'AWS::Lambda::Function');
  });

  it('comes from a file of functions/, and every file is deployed once', () => {
    expect(functions).toHaveLength(all.bundles.functions.length);
  });

  it('has a name of its own of at most 64 characters', () => {
    const names = functions.map(({ properties }) => String(properties['FunctionName']));
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.length > 64)).toEqual([]);
  });

  it('runs on Node 24 on arm64, traced', () => {
    for (const { properties } of functions)
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      });
  });

  it('writes to a log group of its own that forgets after a while', () => {
    const logs = resourcesOf(all, 'AWS::Logs::LogGroup');
    for (const { properties } of functions) {
      const name = `/aws/lambda/${String(properties['FunctionName'])}`;
      const own = logs.filter((log) => log.properties['LogGroupName'] === name);
      expect(
        own.map((log) => log.properties['RetentionInDays']),
        name,
      ).toEqual([30]);
    }
  });

  it('answers a socket before API Gateway gives up at 29 s', () => {
    const sockets = functions.filter(({ stack }) => stack === 'Ocpp' || stack === 'Live');
    expect(sockets).toHaveLength(8);
    for (const { properties } of sockets) expect(properties['Timeout']).toBeLessThan(29);
  });
});

describe('every stack', () => {
  // CloudFormation takes 500 resources and 1 MB.
  it('stays below 450 resources of the 500 a stack may have, and 900 kB', async () => {
    for (const { name, resources, bytes } of (await synthesized()).stacks) {
      expect(Object.keys(resources).length, name).toBeLessThan(450);
      expect(bytes, name).toBeLessThan(900_000);
    }
  });

  it('is in the order in which the others need it', async () => {
    const names = (await synthesized()).stacks.map(({ name }) => name);
    for (const name of [
      'Data',
      'Api',
      'Ocpp',
      'Live',
      'Tasks',
      'Events',
      'Setup',
      'Edge',
      'Observability',
    ])
      expect(names).toContain(name);
  });
});

describe('the table as deployed', () => {
  it('outlives its stack, can be restored, and tells its changes', async () => {
    const all = await synthesized();
    const [table] = resourcesOf(all, 'AWS::DynamoDB::GlobalTable');
    expect(table?.properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    });
    const data = all.stacks.find(({ name }) => name === 'Data');
    expect(data?.resources[table?.id ?? '']?.DeletionPolicy).toBe('Retain');
  });
});
