import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { eventBus } from '#shared/aws/event-bus.ts';
import { delayUntil, taskQueues } from '#shared/aws/task-queues.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import type { TaskMessage } from '#shared/events/task.ts';

const NOW = new Date('2026-06-01T10:00:00.000Z');

const anEvent = (id: string): EventEnvelope => ({
  id,
  type: 'session.ended',
  created_at: '2026-06-01T09:59:59.000Z',
  livemode: false,
  api_version: '2026-06-01',
  organization_id: 'demo',
  subject: { object: 'session', id: 'sess_1', resource_version: 3 },
  scope: {},
  data: { object: {} },
  cause: { type: 'system', ref: null, request_id: null, idempotency_key: null, actor: null },
});
const aTask = (id: string, task: string, at: string): TaskMessage => ({
  tenantId: 'demo',
  livemode: false,
  id,
  task,
  at,
  payload: {},
});

describe('publishing events', () => {
  it('sends ten at a time, each with its type and its own instant', async () => {
    const bridge = mockClient(EventBridgeClient);
    bridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
    const events = Array.from({ length: 23 }, (_, n) => anEvent(`evt_${n}`));
    await eventBus('magma-dev', new EventBridgeClient({ region: 'us-east-1' }))(events);
    const batches = bridge.commandCalls(PutEventsCommand).map((call) => call.args[0].input.Entries);
    expect(batches.map((entries) => entries?.length)).toEqual([10, 10, 3]);
    expect(batches[0]?.[0]).toEqual({
      EventBusName: 'magma-dev',
      Source: 'chargespot',
      DetailType: 'session.ended',
      Detail: JSON.stringify(events[0]),
      Time: new Date('2026-06-01T09:59:59.000Z'),
    });
  });

  it('fills no call beyond the 256 KB that EventBridge takes, and sends a larger event without its object', async () => {
    const bridge = mockClient(EventBridgeClient);
    bridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
    const sized = (id: string, kb: number) => ({
      ...anEvent(id),
      data: { object: { text: 'x'.repeat(kb * 1024) } },
    });
    const events = [
      sized('evt_1', 100),
      sized('evt_2', 100),
      sized('evt_3', 100),
      sized('evt_4', 300),
    ];
    await eventBus('magma-dev', new EventBridgeClient({ region: 'us-east-1' }))(events);
    const calls = bridge.commandCalls(PutEventsCommand).map((call) => call.args[0].input.Entries);
    expect(calls.map((entries) => entries?.length)).toEqual([2, 2]);
    for (const entries of calls) expect(JSON.stringify(entries).length).toBeLessThan(256 * 1024);
    expect(JSON.parse(calls[1]?.[1]?.Detail ?? '').data).toEqual({
      object: null,
      truncated: true,
      url: '/v1/events/evt_4',
    });
  });

  it('fails when one of them was refused, so that the stream brings them again', async () => {
    const bridge = mockClient(EventBridgeClient);
    bridge.on(PutEventsCommand).resolves({ Entries: [{}, { ErrorCode: 'ThrottlingException' }] });
    const publish = eventBus('magma-dev', new EventBridgeClient({ region: 'us-east-1' }));
    await expect(publish([anEvent('evt_1'), anEvent('evt_2')])).rejects.toThrow('Throttling');
  });
});

describe('enqueueing tasks', () => {
  it('names the group of a task, so that one slow receiver starves no other', async () => {
    const sqs = mockClient(SQSClient);
    sqs.on(SendMessageBatchCommand).resolves({});
    const enqueue = taskQueues('https://sqs/', () => NOW, new SQSClient({ region: 'us-east-1' }));
    const task = aTask('task_1', 'deliver-webhook', '2026-06-01T10:00:00.000Z');
    await enqueue([{ ...task, group: 'whe_1' }]);
    const [entry] = sqs.commandCalls(SendMessageBatchCommand)[0]?.args[0].input.Entries ?? [];
    expect(entry?.MessageGroupId).toBe('whe_1');
  });

  it('puts each on the queue of its kind, held back until it is due', async () => {
    const sqs = mockClient(SQSClient);
    sqs.on(SendMessageBatchCommand).resolves({});
    const enqueue = taskQueues('https://q/1/x-', () => NOW, new SQSClient({ region: 'us-east-1' }));
    const due = aTask('t1', 'check-start', '2026-06-01T10:01:30.000Z');
    await enqueue([due, aTask('t2', 'deliver-webhook', '2026-06-01T09:00:00.000Z')]);
    const sent = sqs.commandCalls(SendMessageBatchCommand).map((call) => call.args[0].input);
    expect(sent).toEqual([
      {
        QueueUrl: 'https://q/1/x-check-start',
        Entries: [{ Id: '0', MessageBody: JSON.stringify(due), DelaySeconds: 90 }],
      },
      {
        QueueUrl: 'https://q/1/x-deliver-webhook',
        Entries: [expect.objectContaining({ DelaySeconds: 0 })],
      },
    ]);
  });

  it('fails when a queue refused one', async () => {
    const sqs = mockClient(SQSClient);
    const Failed = [{ Id: '0', SenderFault: false, Code: 'InternalError' }];
    sqs.on(SendMessageBatchCommand).resolves({ Failed });
    const enqueue = taskQueues('https://q/1/x-', () => NOW, new SQSClient({ region: 'us-east-1' }));
    await expect(enqueue([aTask('t', 'a', NOW.toISOString())])).rejects.toThrow('InternalError');
  });

  // SQS holds a message back for at most 15 minutes.
  it.each([
    ['at once', '2026-06-01T10:00:00.000Z', 0],
    ['never early', '2026-06-01T10:00:00.001Z', 1],
    ['in the past', '2026-06-01T08:00:00.000Z', 0],
    ['in an hour', '2026-06-01T11:00:00.000Z', 900],
  ])('delays a task that is due %s', (_, at, seconds) => {
    expect(delayUntil(at, NOW)).toBe(seconds);
  });
});
