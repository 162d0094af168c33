import { Stack, type StackProps } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { fiveMinutes, houseAlarm } from '#lib/constructs/house-alarm.ts';
import type { Settings } from '#lib/settings.ts';
import { METRIC_DIMENSION, METRIC_NAMESPACE } from '#shared/aws/metric-line.ts';
import { metric } from '#shared/core/metric-names.ts';

export interface ObservabilityStackProps extends StackProps {
  readonly settings: Settings;
  readonly table: TableV2;
  readonly topic: ITopic;
  readonly restApiName: string;
  readonly stage: string;
  readonly ocppApiId: string;
  readonly liveApiId: string;
}

/** What an operator must see: one dashboard, and an alarm for each thing that needs a person. */
export class ObservabilityStack extends Stack {
  readonly #props: ObservabilityStackProps;

  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id, props);
    this.#props = props;
    const watched = this.#watched();
    for (const [name, { description, threshold, metric }] of Object.entries(watched))
      houseAlarm(this, name, {
        name: `${props.settings.name}-${name}`,
        description,
        metric,
        threshold,
        periods: 2,
        topic: props.topic,
      });
    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: props.settings.name });
    for (const [title, left] of this.#graphs())
      dashboard.addWidgets(new GraphWidget({ title, left, width: 24, height: 6 }));
  }

  /** Alarms ring after two periods of five minutes above their threshold. */
  #watched() {
    const { table } = this.#props;
    return {
      'server-errors': {
        description: 'The REST API answers 5xx. Find the operation in its access log by status.',
        metric: this.#rest('5XXError', Stats.SUM),
        threshold: 5,
      },
      'ocpp-errors': {
        description:
          'Chargers are answered with errors. Their identities are in the log of ocpp-message.',
        metric: this.#own(metric.ocppErrors, Stats.SUM),
        threshold: 20,
      },
      'ocpp-gateway-errors': {
        description:
          'The OCPP gateway could not reach its functions: chargers get frames that are no OCPP.',
        metric: socket(this.#props.ocppApiId, 'IntegrationError'),
        threshold: 0,
      },
      'push-latency': {
        description:
          'Live frames arrive more than a second after the event (p99). Look at the iterator age of stream-push-live.',
        metric: this.#own(metric.pushLatencyMs, Stats.p(99)),
        threshold: 1000,
      },
      'function-throttles': {
        description:
          'Functions are throttled: the concurrency of this account is used up. Ask AWS for more.',
        metric: lambda('Throttles'),
        threshold: 0,
      },
      'table-read-throttles': {
        description: `The table refuses reads. ${HOT_PARTITION}`,
        metric: ofTable(table, 'ReadThrottleEvents'),
        threshold: 0,
      },
      'table-write-throttles': {
        description: `The table refuses writes. ${HOT_PARTITION}`,
        metric: ofTable(table, 'WriteThrottleEvents'),
        threshold: 0,
      },
    };
  }

  #graphs(): [string, IMetric[]][] {
    const { ocppApiId, liveApiId } = this.#props;
    return [
      [
        'REST: requests, refusals, failures',
        ['Count', '4XXError', '5XXError'].map((name) => this.#rest(name, Stats.SUM)),
      ],
      ['REST: latency, ms', [Stats.p(50), Stats.p(99)].map((stat) => this.#rest('Latency', stat))],
      [
        'Chargers: connections, messages, errors',
        [
          ...['ConnectCount', 'MessageCount', 'IntegrationError'].map((name) =>
            socket(ocppApiId, name),
          ),
          this.#own(metric.ocppErrors, Stats.SUM),
          this.#own(metric.commandTimeouts, Stats.SUM),
        ],
      ],
      [
        'Live stream: connections, latency, ms',
        [
          socket(liveApiId, 'ConnectCount'),
          this.#own(metric.pushLatencyMs, Stats.p(50)),
          this.#own(metric.pushLatencyMs, Stats.p(99)),
        ],
      ],
      [
        'Chargers: messages repaired, by quirk, and not logged',
        [
          this.#own(metric.ocppRepairs, Stats.SUM),
          this.#quirks(),
          this.#own(metric.ocppLogFailures, Stats.SUM),
        ],
      ],
      ['Given up: messages in dead-letter queues', [this.#deadLetters()]],
      [
        'Webhooks failed, requests limited',
        [this.#own(metric.webhookFailures, Stats.SUM), this.#own(metric.rateLimited, Stats.SUM)],
      ],
      [
        'Functions of the account: errors, throttles, concurrency',
        [lambda('Errors'), lambda('Throttles'), lambda('ConcurrentExecutions', Stats.MAXIMUM)],
      ],
      [
        'Table: throttled reads and writes',
        ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) =>
          ofTable(this.#props.table, name),
        ),
      ],
    ];
  }

  #own = (metricName: string, statistic: string) =>
    new Metric({
      namespace: METRIC_NAMESPACE,
      metricName,
      dimensionsMap: { [METRIC_DIMENSION]: this.#props.settings.name },
      statistic,
      period: fiveMinutes,
    });

  /** Of every dead-letter queue there is, by their names. */
  #deadLetters = () =>
    new MathExpression({
      expression: `SEARCH('{AWS/SQS,QueueName} MetricName="ApproximateNumberOfMessagesVisible" QueueName="${this.#props.settings.name}" "dead"', 'Maximum')`,
      usingMetrics: {},
      period: fiveMinutes,
    });

  /** Each quirk by its name: which chargers are read otherwise than they write. */
  #quirks = () =>
    new MathExpression({
      expression: `SEARCH('{${METRIC_NAMESPACE},${METRIC_DIMENSION}} MetricName="OcppQuirk" ${METRIC_DIMENSION}="${this.#props.settings.name}"', 'Sum')`,
      usingMetrics: {},
      period: fiveMinutes,
    });

  #rest = (metricName: string, statistic: string) =>
    new Metric({
      namespace: 'AWS/ApiGateway',
      metricName,
      dimensionsMap: { ApiName: this.#props.restApiName, Stage: this.#props.stage },
      statistic,
      period: fiveMinutes,
    });
}

const HOT_PARTITION =
  'One partition takes more than it can: find its key with Contributor Insights.';

const ofTable = (table: TableV2, name: string) =>
  table.metric(name, { statistic: Stats.SUM, period: fiveMinutes });

const socket = (ApiId: string, metricName: string) =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId },
    statistic: Stats.SUM,
    period: fiveMinutes,
  });

/** Over all functions of the account and region. */
const lambda = (metricName: string, statistic: string = Stats.SUM) =>
  new Metric({ namespace: 'AWS/Lambda', metricName, statistic, period: fiveMinutes });
