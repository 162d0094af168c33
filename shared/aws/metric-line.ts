/** The CloudWatch namespace of everything a handler counts. */
export const METRIC_NAMESPACE = 'ChargeSpot';

/** The one dimension of every metric: deployments of one account must not add up. */
export const METRIC_DIMENSION = 'deployment';

/**
 * One value as a log line in CloudWatch's embedded metric format, which CloudWatch Logs turns into a
 * metric. A line of its own per value: nothing waits for a flush at the end of an invocation.
 */
export const metricLine = (deployment: string, name: string, value: number, at: Date): string =>
  JSON.stringify({
    _aws: {
      Timestamp: at.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [[METRIC_DIMENSION]],
          Metrics: [{ Name: name, Unit: name.endsWith('Ms') ? 'Milliseconds' : 'Count' }],
        },
      ],
    },
    [METRIC_DIMENSION]: deployment,
    [name]: value,
  });
