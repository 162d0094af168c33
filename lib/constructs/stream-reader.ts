import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import {
  FilterCriteria,
  FilterRule,
  type Function as Lambda,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { asTable } from '#lib/constructs/cdk-types.ts';
import { fiveMinutes, houseAlarm } from '#lib/constructs/house-alarm.ts';
import { deadLetterQueue } from '#lib/constructs/house-queue.ts';
import { packOutbox } from '#shared/events/recorded.ts';

export interface StreamReaderProps {
  readonly name: string;
  readonly reader: Lambda;
  readonly table: TableV2;
  readonly topic: ITopic;
  /** Whether it is told of live connections as they open. */
  readonly seesConnections: boolean;
}

/** Under which name a packed outbox holds its tenant: it packs one and looks. */
function tenantAttribute(): string {
  const cause = {
    type: 'system',
    ref: null,
    request_id: null,
    idempotency_key: null,
    actor: null,
  } as const;
  const packed = packOutbox({ tenantId: '?', livemode: false, cause, events: [], tasks: [] });
  const [name] = Object.entries(packed).find(([, value]) => value === '?') ?? [];
  if (!name) throw new Error('A packed outbox does not hold its tenant');
  return name;
}

/** Rows that carry an outbox. A filter looks at leaves only, hence one attribute inside it. */
const OUTBOX_ROWS = FilterCriteria.filter({
  eventName: FilterRule.isEqual('INSERT'),
  dynamodb: { NewImage: { outbox: { M: { [tenantAttribute()]: { S: FilterRule.exists() } } } } },
});
const CONNECTION_ROWS = FilterCriteria.filter({
  eventName: FilterRule.isEqual('INSERT'),
  dynamodb: { Keys: { pk: { S: FilterRule.beginsWith('LC#') } } },
});

/**
 * Reads the table's stream in order. A record that cannot be handled is found by halving its batch,
 * tried a finite number of times, and set aside; the shard goes on.
 */
export function streamReader(scope: Construct, id: string, props: StreamReaderProps): void {
  const { name, reader, table, topic } = props;
  const dead = deadLetterQueue(scope, `${id}Dead`, {
    name: `${name}-dead`,
    about: `${name} could not handle a change of the table.`,
    topic,
  });
  reader.addEventSource(
    new DynamoEventSource(asTable(table), {
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: props.seesConnections ? [OUTBOX_ROWS, CONNECTION_ROWS] : [OUTBOX_ROWS],
      batchSize: 25,
      maxBatchingWindow: Duration.seconds(0),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 5,
      onFailure: new SqsDlq(dead),
    }),
  );
  houseAlarm(scope, `${id}Late`, {
    name: `${name}-late`,
    description: `${name} is more than a minute behind the table: live frames, webhooks and tasks wait. Look at its errors and its concurrency.`,
    metric: reader.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: fiveMinutes }),
    threshold: 60_000,
    topic,
  });
}
