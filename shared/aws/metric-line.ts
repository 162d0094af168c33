import { METRIC_NAMESPACE } from '#shared/aws/metric-names.ts';

/** Every metric of ours has this one dimension, by which alarms find it. */
export const METRIC_DIMENSION = { service: 'chargespot' };

/**
 * One value as a log line in CloudWatch's embedded metric format, which CloudWatch Logs turns into a
 * metric. A line of its own per value: nothing waits for a flush at the end of an invocation.
 */
export const metricLine = (name: string, value: number, at: Date): string =>
  JSON.stringify({
    _aws: {
      Timestamp: at.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [Object.keys(METRIC_DIMENSION)],
          Metrics: [{ Name: name, Unit: name.endsWith('Ms') ? 'Milliseconds' : 'Count' }],
        },
      ],
    },
    ...METRIC_DIMENSION,
    [name]: value,
  });
