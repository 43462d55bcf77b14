import { useMedia } from '~/shared/lib/use-media';
import styles from './line-chart.module.css';

const height = 230;
const pad = { top: 12, right: 12, bottom: 26, left: 64 };

/** More points than this are a line without dots, and more than twice as many are thinned: a run may have thousands. */
const dots = 100;

/**
 * A curve over counted steps (epoch 1, 2, …), with room for all `steps` so that
 * it draws itself from left to right. The last value stands beside its point.
 */
export function LineChart({
  values,
  steps,
  label,
  stepName,
  format = compact,
}: {
  values: readonly number[];
  steps: number;
  /** What it shows, for those who cannot see it. */
  label: string;
  stepName: string;
  format?: (value: number) => string;
}) {
  const isPhone = useMedia('(max-width: 40rem)');
  const width = isPhone ? 380 : 760; // the letters keep their size
  const { low, high } = bounds(values);
  const x = (step: number) => pad.left + ((step - 1) / Math.max(1, steps - 1)) * (width - pad.left - pad.right);
  const y = (value: number) => pad.top + ((high - value) / (high - low)) * (height - pad.top - pad.bottom);
  const every = Math.ceil(values.length / (2 * dots));
  const points = values
    .map((value, at) => ({ x: x(at + 1), y: y(value), value }))
    .filter((_, at) => at % every === 0 || at === values.length - 1);
  const last = points.at(-1);
  const first = values[0];
  const summary =
    first === undefined || !last
      ? `${label}: nothing yet`
      : `${label}: from ${format(first)} at ${stepName} 1 to ${format(last.value)} at ${stepName} ${values.length} of ${steps}`;
  const ticks = [low, (low + high) / 2, high];
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className={styles.chart} role="img" aria-label={summary}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={pad.left} x2={width - pad.right} y1={y(tick)} y2={y(tick)} className={styles.grid} />
          <text x={pad.left - 8} y={y(tick)} className={styles.tickY}>
            {values.length > 0 ? format(tick) : ''}
          </text>
        </g>
      ))}
      {named(steps).map((step) => (
        <text key={step} x={x(step)} y={height - 8} className={styles.tickX}>
          {step}
        </text>
      ))}
      {points.length > 1 && <polyline points={points.map((p) => `${p.x},${p.y}`).join(' ')} className={styles.line} />}
      {(values.length > dots ? points.slice(-1) : points).map((point) => (
        <circle key={point.x} cx={point.x} cy={point.y} r={point === last ? 4 : 2.5} className={styles.point} />
      ))}
      {last && (
        <text
          x={Math.min(last.x, width - pad.right)}
          y={Math.max(pad.top + 4, last.y - 10)}
          className={styles.value}
          textAnchor={last.x > width - 80 ? 'end' : 'middle'}
        >
          {format(last.value)}
        </text>
      )}
    </svg>
  );
}

/** The range of the values with a little room; 0 to 1 without any. */
function bounds(values: readonly number[]): { low: number; high: number } {
  if (values.length === 0) return { low: 0, high: 1 };
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low) * 0.08 || Math.abs(high) * 0.05 || 1;
  return { low: low - room, high: high + room };
}

/** The steps that are named: all of a few, else the first, the last and round ones that leave room between them. */
function named(steps: number): number[] {
  if (steps <= 12) return Array.from({ length: steps }, (_, at) => at + 1);
  const round = [5, 10, 20, 50].find((size) => steps / size <= 12) ?? 10 ** Math.ceil(Math.log10(steps / 12));
  const between = Array.from({ length: Math.floor(steps / round) }, (_, at) => (at + 1) * round);
  return [1, ...between.filter((step) => steps - step >= round / 2), steps];
}

const numbers = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 });
const compact = (value: number) => numbers.format(value);
