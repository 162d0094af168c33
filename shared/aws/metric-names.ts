/** The CloudWatch namespace of everything a handler counts. */
export const METRIC_NAMESPACE = 'ChargeSpot';

export { metric } from '#shared/core/metric-names.ts';
