import type { MetricValueFragment } from '~/gql/graphql';
import { formatMetric } from './metrics';
import styles from './models.module.css';

const width = 96;

/** A measure in a table: its figure, and a small bar from zero to `top` with its 95 % interval. */
export function MetricBar({ metric, top }: { metric: MetricValueFragment | undefined; top: number }) {
  if (!metric) return <>–</>;
  const x = (value: number) => (Math.max(0, value) / (top || 1)) * width;
  const interval = `95 %: ${formatMetric(metric.low)} to ${formatMetric(metric.high)}`;
  return (
    <span className={styles.metric} title={interval}>
      <span>{formatMetric(metric.mean)}</span>
      <svg viewBox={`0 0 ${width} 10`} width={width} height={10} aria-hidden="true">
        <line x1={0.5} x2={0.5} y1={0} y2={10} className={styles.zero} />
        <rect x={0} y={3} width={x(metric.mean)} height={4} className={styles.bar} />
        {metric.low < metric.high && (
          <line x1={x(metric.low)} x2={x(metric.high)} y1={5} y2={5} className={styles.whisker} />
        )}
      </svg>
      {metric.low < metric.high && <span className="visually-hidden">{interval}</span>}
    </span>
  );
}
