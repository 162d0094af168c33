import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { handler } from '#functions/stream/relay-events.ts';
import { toImage, toKey } from '#shared/aws/dynamo-row.ts';
import type { Item } from '#shared/core/table.ts';
import { commit } from '#shared/events/commit.ts';
import { changeOf, eventOf } from '#shared/events/event.ts';
import { listEvents } from '#shared/events/list-events.ts';
import { dueTask } from '#shared/events/task.ts';
import { SessionMeterValues, SessionUpdated } from '#shared/sessions/events.ts';
import { SiteUpdated } from '#shared/sites/events.ts';
import { siteExample } from '#shared/sites/site-example.ts';
import { DeliverWebhook } from '#shared/webhooks/tasks.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anEndedSession } from '#test/support/ended-session.ts';
import { useTestRuntime } from '#test/support/runtime.ts';

/** The stream's records of everything committed, as DynamoDB gives them. */
const streamOf = ({ table }: TestContext): DynamoDBStreamEvent => ({
  Records: table.stream
    .read(0, 1000)
    .map(({ seq, change, item }) => aRecord(String(seq), change, item)),
});
const aRecord = (
  SequenceNumber: string,
  eventName: 'INSERT' | 'MODIFY',
  item: Item,
): DynamoDBRecord => ({
  eventName,
  dynamodb: {
    SequenceNumber,
    Keys: Object(toKey(item)),
    NewImage: Object(toImage(item)),
    StreamViewType: 'NEW_IMAGE',
  },
});
const siteUpdated = (ctx: TestContext) =>
  eventOf(ctx, SiteUpdated, { id: 'BLR-IND', version: 2, object: siteExample });
let versions = 0;
const committed = (ctx: TestContext, change: Partial<Parameters<typeof commit>[1]>) => {
  versions += 1;
  const aggregate = { kind: 'site', id: 'BLR-IND', version: versions };
  return commit(ctx, { aggregate, writes: [], ...change });
};
const typesLogged = async (ctx: TestContext) =>
  (await listEvents(ctx, {}, { limit: 50 })).events.map(({ type }) => type);

describe('the relay', () => {
  test('logs and publishes events, and enqueues tasks as whose they are', async () => {
    const ctx = testContext();
    const runtime = useTestRuntime(ctx);
    const payload = { endpoint_id: 'whe_1', delivery_id: 'whd_1', round: 1, attempt: 1 };
    const task = dueTask(ctx, DeliverWebhook, payload, '2026-06-02T00:00:00.000Z');
    await committed(ctx, { events: [siteUpdated(ctx)], tasks: [task] });
    expect(await handler(streamOf(ctx))).toEqual({ batchItemFailures: [] });
    expect(await typesLogged(ctx)).toEqual(['site.updated']);
    expect(runtime.published).toMatchObject([
      { type: 'site.updated', organization_id: 'demo', subject: { id: 'BLR-IND' } },
    ]);
    expect(runtime.enqueued).toEqual([{ ...task, tenantId: 'demo', livemode: false }]);
  });

  test('completes a change to the whole object, of which the change itself wins', async () => {
    const ctx = testContext();
    const runtime = useTestRuntime(ctx);
    const { session } = await anEndedSession(ctx, { live: { status: 'charging', ended_at: null } });
    const patch = { energy_wh: 9000 };
    const change = { id: session.id, version: 10, patch };
    await committed(ctx, { events: [changeOf(ctx, SessionUpdated, change)] });
    await handler(streamOf(ctx));
    expect(runtime.published).toMatchObject([
      { data: { object: { id: session.id, charger_id: 'BLR-014', energy_kwh: 9 } } },
    ]);
  });

  test('keeps what is only for the live stream out of the log and off the bus', async () => {
    const ctx = testContext();
    const runtime = useTestRuntime(ctx);
    const { session } = await anEndedSession(ctx);
    const change = { id: session.id, version: 10 };
    await committed(ctx, {
      events: [
        changeOf(ctx, SessionUpdated, { ...change, patch: {}, liveOnly: true }),
        changeOf(ctx, SessionMeterValues, { ...change, patch: { samples: [] } }),
      ],
    });
    await handler(streamOf(ctx));
    expect(await typesLogged(ctx)).toEqual([]);
    expect(runtime.published).toEqual([]);
  });

  test('passes by rows that were only changed, and rows without an outbox', async () => {
    const ctx = testContext();
    const runtime = useTestRuntime(ctx);
    await committed(ctx, { events: [siteUpdated(ctx)] });
    const [record] = streamOf(ctx).Records;
    const changed = { ...record, eventName: 'MODIFY' } as const;
    const plain = aRecord('2', 'INSERT', { pk: 'LC#1', sk: 'CONNECTION' });
    await handler({ Records: [changed, plain] });
    expect(runtime.published).toEqual([]);
  });

  test('asks again from the first record that failed, having done the others', async () => {
    const ctx = testContext();
    const runtime = useTestRuntime(ctx);
    const unknown = { ...siteUpdated(ctx), type: 'site.unheard_of' };
    for (const event of [siteUpdated(ctx), unknown, siteUpdated(ctx), unknown])
      await committed(ctx, { events: [event] });
    const stream = streamOf(ctx);
    const second = stream.Records[1]?.dynamodb?.SequenceNumber;
    expect(await handler(stream)).toEqual({ batchItemFailures: [{ itemIdentifier: second }] });
    expect(runtime.published).toHaveLength(2);
    expect(ctx.logs.filter(({ level }) => level === 'error')).toHaveLength(2);
  });

  test('given a record twice, logs its event once', async () => {
    const ctx = testContext();
    useTestRuntime(ctx);
    await committed(ctx, { events: [siteUpdated(ctx)] });
    const stream = streamOf(ctx);
    await handler(stream);
    ctx.tick(60_000);
    await handler(stream);
    expect(await typesLogged(ctx)).toEqual(['site.updated']);
  });
});
