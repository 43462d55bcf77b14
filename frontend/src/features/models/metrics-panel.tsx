import { readFragment } from '~/gql';
import {
  type JudgedFragment,
  JudgedFragmentDoc,
  type MetricValueFragment,
  MetricValueFragmentDoc,
  type ModelDetailFragment,
} from '~/gql/graphql';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import {
  chiefMetrics,
  formatMetric,
  formatShare,
  methodLabel,
  methodWords,
  metricLabel,
  metricMeaning,
  metricNames,
  metricOf,
} from './metrics';
import styles from './models.module.css';

/** What was measured on a model's own hold-out: on what is new to the customers, what they buy again, what nobody had bought. */
export function JudgedPanels({ metrics }: { metrics: ModelDetailFragment['metrics'] }) {
  const judged = readFragment(JudgedFragmentDoc, metrics);
  const repeats = readFragment(JudgedFragmentDoc, metrics?.repeats);
  const neverSold = readFragment(JudgedFragmentDoc, metrics?.neverSold);
  if (!judged || judged.model.length === 0) {
    return (
      <Panel title="How good it is">
        <Notice title="It was not judged.">
          {judged ? `${judged.protocol}.` : 'Its run had nothing to hold out.'}
        </Notice>
      </Panel>
    );
  }
  return (
    <>
      <Panel title="How good it is">
        <Measures judged={judged} us="this model" what="what customers then bought for the first time" />
      </Panel>
      {repeats && <AgainPanel judged={repeats} />}
      {neverSold && (
        <Panel title="What nobody had bought yet">
          <p>
            Products first sold in the days that were hidden: it foretells from category, vendor, price and name whom
            they may please.
          </p>
          <Measures
            judged={neverSold}
            us="this model"
            what="what customers then bought of them"
            names={chiefMetrics}
            methods={{ popularity: 'popular-kind' }}
          />
        </Panel>
      )}
    </>
  );
}

/** How well it is foretold what customers buy again. */
export function AgainPanel({ judged, about }: { judged: JudgedFragment; about?: string }) {
  return (
    <Panel title="What they buy again">
      <p>
        Which of the products that they had bought before customers bought again, by how often each of them buys each
        product. {about}
      </p>
      {judged.model.length === 0 ? (
        <p className={styles.quiet}>Nobody bought anything again in the days that were hidden.</p>
      ) : (
        <Measures judged={judged} us="their rhythm" what="what they bought again" names={chiefMetrics} />
      )}
    </Panel>
  );
}

/** Each measure beside what simple methods reach, led by a sentence. */
function Measures({
  judged,
  us,
  what,
  names,
  methods = {},
}: {
  judged: JudgedFragment;
  us: string;
  what: string;
  names?: readonly string[];
  methods?: Record<string, string>;
}) {
  const own = readFragment(MetricValueFragmentDoc, judged.model);
  const rows = [
    { label: us, metrics: own },
    ...judged.baselines.map(({ name, metrics }) => ({
      label: methodLabel(methods[name] ?? name),
      metrics: readFragment(MetricValueFragmentDoc, metrics),
    })),
  ];
  const recall = metricOf(own, 'recall@20');
  const holdsAll = rows.every(({ metrics }) => (metricOf(metrics, 'recall@20')?.mean ?? 0) === 1);
  return (
    <>
      {recall && (
        <p className={styles.lead}>
          {holdsAll
            ? `Twenty places hold all there was to choose from; what counts is the order${besides(judged, methods, 'ndcg@20')}.`
            : `${formatShare(recall.mean)} of ${what} stood in their lists of twenty${besides(judged, methods, 'recall@20')}.`}
        </p>
      )}
      <p className={styles.quiet}>
        Judged on {judged.users.toLocaleString('en')} customers: {judged.protocol}. Bands hold the truth in 95 of 100
        cases; every axis begins at zero.
      </p>
      <ul className={styles.measures}>
        {(names ?? metricNames([own])).map((name) => (
          <li key={name}>
            <h3>{metricLabel(name)}</h3>
            <p className={styles.quiet}>{metricMeaning(name)}</p>
            <Bars name={name} rows={rows} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** How that is beside the simple methods, as far as it was judged customer by customer. */
function besides({ baselines }: JudgedFragment, methods: Record<string, string>, measure: string): string {
  const list = new Intl.ListFormat('en');
  const that = (verdicts: readonly string[]) =>
    baselines
      .filter(({ better }) => better.some((one) => one.name === measure && verdicts.includes(one.verdict)))
      .map(({ name }) => methodWords(methods[name] ?? name));
  const better = that(['BETTER']);
  const worse = that(['WORSE']);
  const alike = that(['UNDECIDED', 'SAME']);
  return [
    better.length > 0 && `clearly better than ${list.format(better)}`,
    alike.length > 0 && `not clearly better than ${list.format(alike)}`,
    worse.length > 0 && `clearly worse than ${list.format(worse)}`,
  ]
    .filter(Boolean)
    .map((part) => `, ${part}`)
    .join('');
}

const width = 340;
const rowHeight = 24;
const left = 120;
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
