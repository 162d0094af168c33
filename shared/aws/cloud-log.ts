import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRIC_NAMESPACE } from '#shared/aws/metric-names.ts';
import type { Log } from '#shared/core/log.ts';

/** JSON lines to CloudWatch Logs; counts become metrics by the embedded metric format. */
export function cloudLog(service: string): Log {
  const logger = new Logger({ serviceName: service });
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: 'chargespot' });
  return {
    debug: (message, fields = {}) => logger.debug(message, fields),
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
    // One metric per line: nothing is lost when a function ends without a flush.
    count: (name, value = 1) => metrics.singleMetric().addMetric(name, unitOf(name), value),
  };
}

const unitOf = (name: string) => (name.endsWith('Ms') ? MetricUnit.Milliseconds : MetricUnit.Count);
