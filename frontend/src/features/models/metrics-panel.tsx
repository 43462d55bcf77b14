import { readFragment } from '~/gql';
import { type MetricValueFragment, MetricValueFragmentDoc, type ModelDetailFragment } from '~/gql/graphql';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { formatMetric, metricLabel, metricMeaning, metricNames, metricOf } from './metrics';
import styles from './models.module.css';

/** What was measured on a model's own hold-out, each measure beside what simple methods reach there. */
export function MetricsPanel({ metrics }: { metrics: ModelDetailFragment['metrics'] }) {
  const own = readFragment(MetricValueFragmentDoc, metrics?.model);
  if (!metrics || !own || own.length === 0) {
    return (
      <Panel title="How good it is">
        <Notice title="It was not judged.">
          {metrics ? `${metrics.protocol}.` : 'Its run had nothing to hold out.'}
        </Notice>
      </Panel>
    );
  }
  const rows = [
    { label: 'this model', metrics: own },
    ...metrics.baselines.map((baseline) => ({
      label: baseline.name,
      metrics: readFragment(MetricValueFragmentDoc, baseline.metrics),
    })),
  ];
  return (
    <Panel title="How good it is">
      <p className={styles.quiet}>
        Judged on {metrics.users.toLocaleString('en')} customers: {metrics.protocol}. Bands hold the truth in 95 of 100
        cases; every axis begins at zero.
      </p>
      <ul className={styles.measures}>
        {metricNames([own]).map((name) => (
          <li key={name}>
            <h3>{metricLabel(name)}</h3>
            <p className={styles.quiet}>{metricMeaning(name)}</p>
            <Bars name={name} rows={rows} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const width = 340;
const rowHeight = 24;
const left = 76;

/** One measure of a model and of the baselines: a dot each on one axis from zero, its 95 % interval as a band. */
function Bars({ name, rows }: { name: string; rows: { label: string; metrics: readonly MetricValueFragment[] }[] }) {
  const points = rows.flatMap(({ label, metrics }) => {
    const metric = metricOf(metrics, name);
    return metric ? [{ label, ...metric }] : [];
  });
  const top = Math.max(...points.map(({ high }) => high), 0.000001) * 1.05;
  const x = (value: number) => left + (Math.max(0, value) / top) * (width - left - 52);
  const height = points.length * rowHeight;
  const summary = points
    .map(({ label, mean, low, high }) =>
      low < high
        ? `${label} ${formatMetric(mean)}, ${formatMetric(low)} to ${formatMetric(high)}`
        : `${label} ${formatMetric(mean)}`,
    )
    .join('; ');
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${metricLabel(name)}: ${summary}`}
      className={styles.chart}
      style={{ maxInlineSize: width }}
    >
      <line x1={x(0)} x2={x(0)} y1={0} y2={height} className={styles.zero} />
      {points.map(({ label, mean, low, high }, at) => {
        const y = at * rowHeight + rowHeight / 2;
        return (
          <g key={label} data-series={at}>
            <text x={left - 8} y={y} className={styles.series}>
              {label}
            </text>
            <line x1={x(0)} x2={x(mean)} y1={y} y2={y} className={styles.stem} />
            <rect
              x={x(low)}
              width={Math.max(1, x(high) - x(low))}
              y={y - 5}
              height={10}
              rx={3}
              className={styles.band}
            />
            <circle cx={x(mean)} cy={y} r={4.5} className={styles.dot} />
            <text x={x(Math.max(mean, high)) + 8} y={y} className={styles.mean}>
              {formatMetric(mean)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
