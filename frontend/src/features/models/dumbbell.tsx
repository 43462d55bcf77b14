import { formatMetric } from './metrics';
import styles from './models.module.css';

/** A mean with its interval, of one of those compared. */
export interface Point {
  label: string;
  mean: number;
  low: number;
  high: number;
}

const width = 420;
const rowHeight = 26;

/** One measure of several models on one axis that starts at zero: a dot each, its 95 % interval as a band. */
export function Dumbbell({ name, points }: { name: string; points: Point[] }) {
  const top = Math.max(...points.map(({ high }) => high), 0.000001) * 1.08;
  const x = (value: number) => 120 + (value / top) * (width - 180);
  const height = points.length * rowHeight + 8;
  const summary = points
    .map(
      ({ label, mean, low, high }) => `${label} ${formatMetric(mean)}, ${formatMetric(low)} to ${formatMetric(high)}`,
    )
    .join('; ');
  return (
    <figure className={styles.dumbbell}>
      <figcaption>{name}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${name}: ${summary}`}>
        <line x1={x(0)} x2={x(0)} y1={0} y2={height} className={styles.zero} />
        {points.map(({ label, mean, low, high }, at) => {
          const y = at * rowHeight + rowHeight / 2 + 4;
          return (
            <g key={label} data-series={at}>
              <text x={112} y={y} className={styles.series}>
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
              <circle cx={x(mean)} cy={y} r={5} className={styles.dot} />
              <text x={x(high) + 8} y={y} className={styles.mean}>
                {formatMetric(mean)}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
