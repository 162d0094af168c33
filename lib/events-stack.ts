import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type EventBus, Match, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Bundles } from '#lib/bundle.ts';
import { FunctionGroup } from '#lib/constructs/function-group.ts';
import { deadLetterQueue, houseQueue } from '#lib/constructs/house-queue.ts';
import type { Resources } from '#lib/constructs/resources.ts';
import { streamReader } from '#lib/constructs/stream-reader.ts';
import { pascalCase } from '#lib/names.ts';
import type { Settings } from '#lib/settings.ts';
import { EVENT_SOURCE } from '#shared/aws/event-source.ts';
import type { Job, Subscriber } from '#shared/events/subscriber.ts';
import type { Worker } from '#shared/events/task.ts';

/** A webhook may take its time; everything else is far below. */
const TIMEOUT_SECONDS = 60;
const VISIBILITY_SECONDS = 6 * TIMEOUT_SECONDS;
const MAX_RECEIVES = 6;

export interface EventsStackProps extends StackProps {
  readonly settings: Settings;
  readonly bundles: Bundles;
  readonly resources: Resources;
  readonly table: TableV2;
  readonly bus: EventBus;
  readonly topic: ITopic;
  readonly subscribers: readonly Subscriber[];
  readonly workers: readonly Worker[];
  readonly jobs: readonly Job[];
}

/**
 * What happens after a change: two readers of the table's stream, a rule and queue per subscriber,
 * a queue per kind of task, a schedule per job; each with what catches its failures.
 */
export class EventsStack extends Stack {
  readonly #props: EventsStackProps;
  readonly #resources: Resources;

  constructor(scope: Construct, id: string, props: EventsStackProps) {
    super(scope, id, props);
    this.#props = props;
    const taskQueues = props.workers.map((worker) => this.#makeTaskQueue(worker));
    this.#resources = {
      ...props.resources,
      tasks: {
        queueUrlPrefix: `https://sqs.${this.region}.${this.urlSuffix}/${this.account}/${this.#queueName('task', '')}`,
        queueArns: taskQueues.map((queue) => queue.queueArn),
      },
    };
    this.#addReaders();
    for (const subscriber of props.subscribers) this.#addSubscriber(subscriber);
    for (const [n, worker] of props.workers.entries()) this.#addWorker(worker, taskQueues[n]);
    for (const job of props.jobs) this.#addJob(job);
  }

  #queueName = (kind: string, id: string) => `${this.#props.settings.name}-${kind}-${id}`;

  #addReaders(): void {
    const { table, topic, settings } = this.#props;
    for (const { entry } of this.#entries('stream-'))
      streamReader(this, pascalCase(entry), {
        name: `${settings.name}-${entry}`,
        reader: this.#function(entry, 'Reads the stream of the table', 1024),
        table,
        topic,
        seesConnections: entry === 'stream-push-live',
      });
  }

  #addSubscriber({ id, summary, on }: Subscriber): void {
    const { bus, topic } = this.#props;
    const queue = houseQueue(this, `${pascalCase(id)}Events`, {
      name: this.#queueName('event', id),
      about: `${summary} (subscriber ${id}).`,
      maxReceiveCount: MAX_RECEIVES,
      visibilitySeconds: VISIBILITY_SECONDS,
      topic,
    });
    new Rule(this, `${pascalCase(id)}Rule`, {
      ruleName: this.#queueName('event', id),
      description: summary,
      eventBus: bus,
      eventPattern: {
        source: [EVENT_SOURCE],
        detailType: on === 'all' ? Match.exists() : on.map((type) => type.name),
      },
      targets: [new SqsQueue(queue)],
    });
    feed(this.#function(`events-${id}`, summary), queue);
  }

  #makeTaskQueue({ id, summary }: Worker): Queue {
    return houseQueue(this, `${pascalCase(id)}Tasks`, {
      name: this.#queueName('task', id),
      about: `${summary} (task ${id}).`,
      maxReceiveCount: MAX_RECEIVES,
      visibilitySeconds: VISIBILITY_SECONDS,
      topic: this.#props.topic,
    });
  }

  #addWorker({ id, summary }: Worker, queue: Queue | undefined): void {
    if (queue) feed(this.#function(`tasks-${id}`, summary), queue);
  }

  #addJob({ id, summary, everyMinutes }: Job): void {
    const dead = deadLetterQueue(this, `${pascalCase(id)}JobDead`, {
      name: this.#queueName('job', `${id}-dead`),
      about: `${summary} (job ${id}).`,
      topic: this.#props.topic,
    });
    new Rule(this, `${pascalCase(id)}Schedule`, {
      ruleName: this.#queueName('job', id),
      description: summary,
      schedule: Schedule.rate(Duration.minutes(everyMinutes)),
      targets: [
        new LambdaFunction(this.#function(`jobs-${id}`, summary), {
          deadLetterQueue: dead,
          retryAttempts: 2,
          maxEventAge: Duration.hours(1),
        }),
      ],
    });
  }

  #entries(prefix: string) {
    return this.#props.bundles.functions.filter(
      ({ group, entry }) => group === 'events' && entry.startsWith(prefix),
    );
  }

  /** Each has a role of its own: what one queue feeds, only one function may read. */
  #function(entry: string, about: string, memoryMb = 512): Lambda {
    const { bundles, settings } = this.#props;
    return new FunctionGroup(this, pascalCase(entry), {
      group: 'events',
      entries: [entry],
      bundles,
      settings,
      resources: this.#resources,
      memoryMb,
      timeoutSeconds: TIMEOUT_SECONDS,
      describe: () => about,
    }).get(entry);
  }
}

/** Messages reach the function ten at a time; those it could not handle come again, alone. */
function feed(lambda: Lambda, queue: Queue): void {
  lambda.addEventSource(
    new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true }),
  );
}
