import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { fiveMinutes, houseAlarm } from '#lib/constructs/house-alarm.ts';

export interface HouseQueueProps {
  readonly name: string;
  /** What is lost to its readers while messages lie in the dead-letter queue. */
  readonly about: string;
  readonly maxReceiveCount: number;
  /** Six times what its function may take, as AWS advises. */
  readonly visibilitySeconds: number;
  readonly topic: ITopic;
}

/** A queue with its dead-letter queue and the alarm that says something lies in it. */
export function houseQueue(scope: Construct, id: string, props: HouseQueueProps): Queue {
  const dead = deadLetterQueue(scope, `${id}Dead`, { ...props, name: `${props.name}-dead` });
  return new Queue(scope, id, {
    queueName: props.name,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    visibilityTimeout: Duration.seconds(props.visibilitySeconds),
    deadLetterQueue: { queue: dead, maxReceiveCount: props.maxReceiveCount },
  });
}

/** Where what could not be handled waits for a person, and the alarm that calls one. */
export function deadLetterQueue(
  scope: Construct,
  id: string,
  { name, about, topic }: Pick<HouseQueueProps, 'name' | 'about' | 'topic'>,
): Queue {
  const dead = new Queue(scope, id, {
    queueName: name,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  houseAlarm(scope, `${id}Alarm`, {
    name,
    description: `Given up: ${about} The messages wait in ${name} for 14 days; find the cause in the function's logs, then redrive.`,
    metric: dead.metricApproximateNumberOfMessagesVisible({
      statistic: Stats.MAXIMUM,
      period: fiveMinutes,
    }),
    threshold: 0,
    topic,
  });
  return dead;
}
