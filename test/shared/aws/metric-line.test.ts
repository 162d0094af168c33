import { describe, expect, it } from 'vitest';
import { metricLine } from '#shared/aws/metric-line.ts';
import { metric } from '#shared/core/metric-names.ts';

const AT = new Date('2026-06-01T10:00:00.000Z');

describe('a metric as a log line', () => {
  // CloudWatch's embedded metric format: the value lies at the top, named by the definition in _aws.
  it('is what CloudWatch reads a metric from', () => {
    expect(JSON.parse(metricLine('magma-dev', metric.pushLatencyMs, 230, AT))).toEqual({
      _aws: {
        Timestamp: 1780308000000,
        CloudWatchMetrics: [
          {
            Namespace: 'ChargeSpot',
            Dimensions: [['deployment']],
            Metrics: [{ Name: 'LivePushLatencyMs', Unit: 'Milliseconds' }],
          },
        ],
      },
      deployment: 'magma-dev',
      LivePushLatencyMs: 230,
    });
  });

  it('counts where it does not measure time', () => {
    expect(metricLine('magma-dev', metric.ocppErrors, 1, AT)).toContain('"Unit":"Count"');
  });
});
