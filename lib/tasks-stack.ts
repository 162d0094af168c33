import { Stack, type StackProps } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Bundles } from '#lib/bundle.ts';
import { feed, workingFunction, workQueue } from '#lib/constructs/fed-function.ts';
import type { Resources } from '#lib/constructs/resources.ts';
import { pascalCase } from '#lib/names.ts';
import type { Settings } from '#lib/settings.ts';
import type { Worker } from '#shared/events/task.ts';

export interface TasksStackProps extends StackProps {
  readonly settings: Settings;
  readonly bundles: Bundles;
  readonly resources: Resources;
  readonly topic: ITopic;
  readonly workers: readonly Worker[];
}

/** What is done later: a queue per kind of task, with its worker and what catches its failures. */
export class TasksStack extends Stack {
  /** For who puts tasks on the queues. */
  readonly queues: NonNullable<Resources['tasks']>;

  constructor(scope: Construct, id: string, props: TasksStackProps) {
    super(scope, id, props);
    const { settings, workers } = props;
    const nameOf = (task: string) => `${settings.name}-task-${task}`;
    // By name, not by reference: an import per queue would tie every change of one to the other stack.
    this.queues = {
      queueUrlPrefix: `https://sqs.${this.region}.${this.urlSuffix}/${this.account}/${nameOf('')}`,
      queueArns: workers.map(
        ({ id: task }) =>
          `arn:${this.partition}:sqs:${this.region}:${this.account}:${nameOf(task)}`,
      ),
    };
    // A task that is not due yet goes back to its queue.
    const given = { ...props, resources: { ...props.resources, tasks: this.queues } };
    for (const worker of workers) this.#addWorker(worker, nameOf(worker.id), given);
  }

  #addWorker({ id, summary }: Worker, name: string, props: TasksStackProps): void {
    const about = `${summary} (task ${id}).`;
    const queue = workQueue(this, `${pascalCase(id)}Tasks`, { name, about, topic: props.topic });
    feed(workingFunction(this, { ...props, entry: `tasks-${id}`, about: summary }), queue);
  }
}
