import { Logger } from '@aws-lambda-powertools/logger';
import { metricLine } from '#shared/aws/metric-line.ts';
import type { Log } from '#shared/core/log.ts';

/** JSON lines to CloudWatch Logs; counts are lines that become metrics. */
export function cloudLog(deployment: string, service: string): Log {
  const logger = new Logger({ serviceName: service });
  return {
    debug: (message, fields = {}) => logger.debug(message, fields),
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
    count: (name, value = 1) => {
      process.stdout.write(`${metricLine(deployment, name, value, new Date())}\n`);
    },
  };
}
