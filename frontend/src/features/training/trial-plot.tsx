import type { TuningViewFragment } from '~/gql/graphql';
import { duration } from '~/shared/lib/time';
import { useMedia } from '~/shared/lib/use-media';
import styles from './tuning.module.css';

type Trial = TuningViewFragment['trials'][number];

const height = 260;
const pad = { top: 16, right: 16, bottom: 28, left: 64 };

/** What whole trials are worth by when they ended, and the best so far as a line of steps. */
export function TrialPlot({ trials, metric, spanMs }: { trials: readonly Trial[]; metric: string; spanMs: number }) {
  const isPhone = useMedia('(max-width: 40rem)');
  const width = isPhone ? 380 : 760; // the letters keep their size
  const whole = trials.filter((trial) => trial.whole);
  const values = whole.map(({ value }) => value);
  const room = Math.max(0.0002, (Math.max(...values) - Math.min(...values)) * 0.08);
  const low = Math.min(...values) - room;
  const high = Math.max(...values) + room;
  const end = Math.max(spanMs, ...whole.map(({ elapsedMs }) => elapsedMs));
  const x = (elapsed: number) => pad.left + (elapsed / end) * (width - pad.left - pad.right);
  const y = (value: number) => pad.top + ((high - value) / (high - low)) * (height - pad.top - pad.bottom);
  const bests = whole.filter(({ best }) => best);
  const last = bests.at(-1);
  const first = bests[0];
  if (!first || !last) return <p className={styles.quiet}>The first trial is under way. It draws itself here.</p>;
  const line = bests.flatMap((trial, at) => {
    const before = bests[at - 1];
    const here = `${x(trial.elapsedMs)},${y(trial.value)}`;
    return before ? [`${x(trial.elapsedMs)},${y(before.value)}`, here] : [here];
  });
  line.push(`${x(Math.max(...whole.map(({ elapsedMs }) => elapsedMs)))},${y(last.value)}`);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className={styles.plot}
      role="img"
      aria-label={`${metric} of ${whole.length} whole trials: the first ${first.value.toFixed(4)}, the best ${last.value.toFixed(4)} in trial ${last.number}`}
    >
      {[0, 0.5, 1].map((share) => {
        const value = low + share * (high - low);
        return (
          <g key={share}>
            <line x1={pad.left} x2={width - pad.right} y1={y(value)} y2={y(value)} className={styles.grid} />
            <text x={pad.left - 8} y={y(value)} className={styles.tickY}>
              {value.toFixed(4)}
            </text>
            <text x={x(share * end)} y={height - 8} className={styles.tickX} data-at={share}>
              {share === 0 ? '0' : duration(share * end)}
            </text>
          </g>
        );
      })}
      {whole.map((trial) => (
        <circle
          key={trial.number}
          cx={x(trial.elapsedMs)}
          cy={y(trial.value)}
          r={trial.best ? 4.5 : 3}
          className={styles.dot}
          data-best={trial.best}
        >
          <title>{`Trial ${trial.number}: ${trial.value.toFixed(4)}`}</title>
        </circle>
      ))}
      <polyline points={line.join(' ')} className={styles.best} />
    </svg>
  );
}
