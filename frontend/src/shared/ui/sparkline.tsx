import styles from './sparkline.module.css';

const width = 120;
const height = 28;

/** A curve as small as a word, from zero up; what it shows is said in words beside it or in its label. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const top = Math.max(...values, 0.000001);
  const step = width / Math.max(1, values.length - 1);
  const points = values.map((value, at) => `${at * step},${height - 2 - (Math.max(0, value) / top) * (height - 4)}`);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className={styles.spark}
      role="img"
      aria-label={label}
      preserveAspectRatio="none"
    >
      <line x1={0} x2={width} y1={height - 1} y2={height - 1} className={styles.zero} />
      {points.length > 1 && <polyline points={points.join(' ')} className={styles.line} />}
    </svg>
  );
}
