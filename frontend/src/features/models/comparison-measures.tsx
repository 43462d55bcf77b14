import { type FragmentType, readFragment } from '~/gql';
import {
  type ComparisonJudgementFragment,
  ComparisonJudgementFragmentDoc,
  type MetricValueFragment,
  MetricValueFragmentDoc,
} from '~/gql/graphql';
import { Panel } from '~/shared/ui/panel';
import { formatMetric, metricLabel, metricMeaning, metricNames, metricOf } from './metrics';
import styles from './models.module.css';

type Difference = ComparisonJudgementFragment['differences'][number];

/** Both models' measures on one hold-out, and user by user what the second does better. */
export function MeasuresPanel({
  title,
  about,
  names,
  judgement: masked,
}: {
  title: string;
  about?: string;
  /** Which measures; all if not given. */
  names?: readonly string[];
  judgement: FragmentType<typeof ComparisonJudgementFragmentDoc>;
}) {
  const judgement = readFragment(ComparisonJudgementFragmentDoc, masked);
  const a = readFragment(MetricValueFragmentDoc, judgement.a);
  const b = readFragment(MetricValueFragmentDoc, judgement.b);
  const span = Math.max(0.000001, ...judgement.differences.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  return (
    <Panel title={title}>
      {about && <p>{about}</p>}
      <p className={styles.lead}>{summaryOf(judgement.differences)}</p>
      <p className={styles.quiet}>
        Judged on the same {judgement.users.toLocaleString('en')} customers: {judgement.protocol}. Bands are 95 %
        intervals; every axis on the left begins at zero, those on the right have zero in the middle.
      </p>
      <p className={styles.keys}>
        <span data-side="a" className={styles.key}>
          First
        </span>
        <span data-side="b" className={styles.key}>
          Second
        </span>
      </p>
      <ul className={styles.compared}>
        {(names ?? metricNames([a, b])).map((name) => (
          <li key={name}>
            <div>
              <h3>{metricLabel(name)}</h3>
              <p className={styles.quiet}>{metricMeaning(name)}</p>
            </div>
            <Dumbbell name={name} a={metricOf(a, name)} b={metricOf(b, name)} />
            <Verdict
              difference={judgement.differences.find((one) => one.name === name)}
              a={metricOf(a, name)}
              b={metricOf(b, name)}
              span={span}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What the second does better: user by user where every user has the measure, else as a plain difference. */
function Verdict({
  difference,
  a,
  b,
  span,
}: {
  difference: Difference | undefined;
  a: MetricValueFragment | undefined;
  b: MetricValueFragment | undefined;
  span: number;
}) {
  if (!difference) return <p className={styles.under}>{plainDifference(a, b)}</p>;
  return (
    <div>
      <Forest difference={difference} span={span} />
      <p className={styles.under} data-verdict={difference.verdict}>
        {wordsOf(difference)}
      </p>
    </div>
  );
}

/** The whole in one sentence, led by what is clear. */
function summaryOf(differences: readonly Difference[]): string {
  const names = (verdict: Difference['verdict']) =>
    differences.filter((one) => one.verdict === verdict).map(({ name }) => metricLabel(name));
  const list = new Intl.ListFormat('en');
  const better = names('BETTER');
  const worse = names('WORSE');
  if (differences.every(({ verdict }) => verdict === 'SAME'))
    return 'The two are equally good: no customer’s list differs in any measure.';
  if (better.length === 0 && worse.length === 0)
    return 'Neither is clearly better: chance alone may have made the difference.';
  const parts = [
    better.length > 0 && `better on ${list.format(better)}`,
    worse.length > 0 && `worse on ${list.format(worse)}`,
  ].filter(Boolean);
  return `The second is clearly ${parts.join(', and clearly ')}.`;
}

/** A difference as the API says it, with the measure's name as people write it. */
const wordsOf = ({ name, text }: Difference) => {
  const words = text.replace(name, metricLabel(name));
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function plainDifference(a: MetricValueFragment | undefined, b: MetricValueFragment | undefined): string {
  if (!a || !b) return '–';
  if (a.mean === b.mean) return 'The same; of the lists as a whole';
  return `${formatMetric(Math.abs(b.mean - a.mean))} ${b.mean > a.mean ? 'higher' : 'lower'}; of the lists as a whole`;
}

const width = 300;
const left = 6;
const right = 62;

/** One measure of both models on one axis from zero: a dot each with its interval, and the line between. */
function Dumbbell({
  name,
  a,
  b,
}: {
  name: string;
  a: MetricValueFragment | undefined;
  b: MetricValueFragment | undefined;
}) {
  const points = [
    { side: 'a', word: 'first', metric: a, y: 13 },
    { side: 'b', word: 'second', metric: b, y: 31 },
  ].flatMap(({ metric, ...rest }) => (metric ? [{ ...rest, ...metric }] : []));
  const top = Math.max(...points.map(({ high }) => high), 0.000001);
  const x = (value: number) => left + (Math.max(0, value) / top) * (width - left - right);
  const [from, to] = points;
  const summary = points
    .map(
      ({ word, mean, low, high }) =>
        `${word} ${formatMetric(mean)}${low < high ? `, ${formatMetric(low)} to ${formatMetric(high)}` : ''}`,
    )
    .join('; ');
  return (
    <svg
      viewBox={`0 0 ${width} 44`}
      style={{ maxInlineSize: width }}
      role="img"
      aria-label={`${metricLabel(name)}: ${summary}`}
      className={styles.chart}
    >
      <line x1={x(0)} x2={x(0)} y1={2} y2={42} className={styles.zero} />
      {from && to && <line x1={x(from.mean)} x2={x(to.mean)} y1={from.y} y2={to.y} className={styles.joint} />}
      {points.map(({ side, mean, low, high, y }) => (
        <g key={side} data-side={side}>
          {low < high && (
            <rect x={x(low)} width={x(high) - x(low)} y={y - 5} height={10} rx={3} className={styles.band} />
          )}
          <circle cx={x(mean)} cy={y} r={4.5} className={styles.dot} />
          <text x={x(Math.max(mean, high)) + 8} y={y} className={styles.mean}>
            {formatMetric(mean)}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** A paired difference with its interval, zero in the middle. */
function Forest({ difference: { name, mean, low, high, verdict }, span }: { difference: Difference; span: number }) {
  const x = (value: number) => 110 + (value / span) * 100;
  return (
    <svg
      viewBox="0 0 220 22"
      role="img"
      aria-label={`${metricLabel(name)}, second less first: ${formatMetric(mean)}, ${formatMetric(low)} to ${formatMetric(high)}`}
      className={styles.chart}
      style={{ maxInlineSize: 220 }}
    >
      <line x1={x(0)} x2={x(0)} y1={0} y2={22} className={styles.zero} />
      <text x={x(0) + 3} y={19} className={styles.zeroWord}>
        0
      </text>
      <g data-verdict={verdict} className={styles.effect}>
        <rect x={x(low)} width={Math.max(1, x(high) - x(low))} y={4} height={10} rx={3} className={styles.band} />
        <circle cx={x(mean)} cy={9} r={4.5} className={styles.dot} />
      </g>
    </svg>
  );
}
