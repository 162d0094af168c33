import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { toImage } from '#shared/aws/dynamo-row.ts';
import { packOutbox } from '#shared/events/recorded.ts';
import { resourcesOf, type Synthesized, synthesized } from '#test/infra/synthesized.ts';
import { testContext } from '#test/support/context.ts';

const Filters = z.object({
  FilterCriteria: z
    .object({ Filters: z.array(z.object({ Pattern: z.string() })) })
    .default({ Filters: [] }),
});
const Pattern = z.object({
  dynamodb: z.object({
    NewImage: z.object({ outbox: z.object({ M: z.record(z.string(), z.unknown()) }) }).optional(),
  }),
});

describe('what happens after a change, as deployed', () => {
  let all: Synthesized;
  beforeAll(async () => {
    all = await synthesized();
  });
  const readerPatterns = () =>
    resourcesOf(all, 'AWS::Lambda::EventSourceMapping').flatMap(({ properties }) =>
      Filters.parse(properties).FilterCriteria.Filters.map((filter) => filter.Pattern),
    );
  const named = (type: string, attribute: string, name: string) =>
    resourcesOf(all, type).filter(({ properties }) => properties[attribute] === name);
  const queue = (name: string) => named('AWS::SQS::Queue', 'QueueName', name)[0];
  const target = (id: string | undefined) => ({ 'Fn::GetAtt': [id, 'Arn'] });

  /** The queue feeds the function, failures go to the dead-letter queue, whose alarm rings. */
  function expectFed(name: string, functionName: string) {
    const dead = queue(`${name}-dead`);
    expect(queue(name)?.properties['RedrivePolicy'], name).toEqual({
      deadLetterTargetArn: target(dead?.id),
      maxReceiveCount: 6,
    });
    const [lambda] = named('AWS::Lambda::Function', 'FunctionName', functionName);
    const feeds = resourcesOf(all, 'AWS::Lambda::EventSourceMapping').filter(
      ({ properties }) =>
        JSON.stringify(properties['EventSourceArn']) === JSON.stringify(target(queue(name)?.id)),
    );
    expect(
      feeds.map(({ properties }) => properties),
      name,
    ).toMatchObject([
      { FunctionName: { Ref: lambda?.id }, FunctionResponseTypes: ['ReportBatchItemFailures'] },
    ]);
    const allowance = Number(lambda?.properties['Timeout']) * 6;
    expect(queue(name)?.properties['VisibilityTimeout'], name).toBeGreaterThanOrEqual(allowance);
    expectAlarm(`${name}-dead`);
  }
  const expectAlarm = (name: string) => {
    const [alarm] = named('AWS::CloudWatch::Alarm', 'AlarmName', name);
    expect(alarm?.properties, name).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue(name)?.id, 'QueueName'] } }],
    });
    expect(alarm?.properties['AlarmActions'], name).toHaveLength(1);
  };

  it('gives every subscriber a rule, a queue, a dead-letter queue and an alarm', () => {
    expect(all.registry.subscribers.length).toBeGreaterThan(0);
    for (const { id, on } of all.registry.subscribers) {
      expectFed(`magma-dev-event-${id}`, `magma-dev-events-events-${id}`);
      const [rule] = named('AWS::Events::Rule', 'Name', `magma-dev-event-${id}`);
      expect(rule?.properties['EventPattern'], id).toEqual({
        source: ['chargespot'],
        'detail-type': on === 'all' ? [{ exists: true }] : on.map(({ name }) => name),
      });
    }
  });

  it('gives every kind of task a queue, a dead-letter queue and an alarm', () => {
    expect(all.registry.workers.length).toBeGreaterThan(0);
    for (const { id } of all.registry.workers)
      expectFed(`magma-dev-task-${id}`, `magma-dev-events-tasks-${id}`);
  });

  it('runs every job by the clock, and calls a person when it cannot', () => {
    for (const { id, everyMinutes } of all.registry.jobs) {
      const [rule] = named('AWS::Events::Rule', 'Name', `magma-dev-job-${id}`);
      const unit = everyMinutes === 1 ? 'minute' : everyMinutes % 60 === 0 ? undefined : 'minutes';
      if (unit)
        expect(rule?.properties['ScheduleExpression'], id).toBe(`rate(${everyMinutes} ${unit})`);
      expectAlarm(`magma-dev-job-${id}-dead`);
    }
  });

  it('reads the stream twice, skips rows without an outbox, and sets aside what cannot be read', () => {
    const readers = resourcesOf(all, 'AWS::Lambda::EventSourceMapping').filter(
      ({ properties }) => properties['StartingPosition'],
    );
    expect(readers).toHaveLength(2);
    for (const { properties } of readers) {
      expect(properties).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 5,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      expect(properties['DestinationConfig']).toHaveProperty('OnFailure.Destination');
    }
  });

  it('lets pass exactly the rows that carry an outbox', () => {
    const ctx = testContext();
    const outbox = packOutbox({ ...ctx, events: [], tasks: [] });
    const image = toImage({ pk: 'demo#OUT#x', sk: '1', outbox });
    for (const pattern of readerPatterns()) {
      const { NewImage } = Pattern.parse(JSON.parse(pattern)).dynamodb;
      if (!NewImage) continue;
      const [attribute = ''] = Object.keys(NewImage.outbox.M);
      expect(NewImage.outbox.M[attribute]).toEqual({ S: [{ exists: true }] });
      expect(image).toHaveProperty(['outbox', 'M', attribute, 'S']);
    }
    expect(readerPatterns()).toHaveLength(3);
  });
});
