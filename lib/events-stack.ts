import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type EventBus, Match, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Bundles } from '#lib/bundle.ts';
import { feed, workingFunction, workQueue } from '#lib/constructs/fed-function.ts';
import { deadLetterQueue } from '#lib/constructs/house-queue.ts';
import type { Resources } from '#lib/constructs/resources.ts';
import { streamReader } from '#lib/constructs/stream-reader.ts';
import { pascalCase } from '#lib/names.ts';
import type { Settings } from '#lib/settings.ts';
import { EVENT_SOURCE } from '#shared/aws/event-source.ts';
import type { Job, Subscriber } from '#shared/events/subscriber.ts';

export interface EventsStackProps extends StackProps {
  readonly settings: Settings;
  readonly bundles: Bundles;
  readonly resources: Resources;
  readonly table: TableV2;
  readonly bus: EventBus;
  readonly topic: ITopic;
  readonly subscribers: readonly Subscriber[];
  readonly jobs: readonly Job[];
}

/**
 * What happens after a change: two readers of the table's stream, a rule and queue per subscriber, a
 * schedule per job; each with what catches its failures.
 */
export class EventsStack extends Stack {
  readonly #props: EventsStackProps;

  constructor(scope: Construct, id: string, props: EventsStackProps) {
    super(scope, id, props);
    this.#props = props;
    this.#addReaders();
    for (const subscriber of props.subscribers) this.#addSubscriber(subscriber);
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
    const queue = workQueue(this, `${pascalCase(id)}Events`, {
      name: this.#queueName('event', id),
      about: `${summary} (subscriber ${id}).`,
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

  #function(entry: string, about: string, memoryMb = 512): Lambda {
    return workingFunction(this, { ...this.#props, entry, about, memoryMb });
  }
}
