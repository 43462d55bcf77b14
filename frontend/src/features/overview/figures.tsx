import { readFragment } from '~/gql';
import {
  type KpiPeriod,
  OverviewDocument,
  type OverviewFiguresFragment,
  OverviewFiguresFragmentDoc,
} from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { formatMoney } from '~/shared/lib/money';
import { Notice } from '~/shared/ui/notice';
import { Skeleton } from '~/shared/ui/skeleton';
import { Sparkline } from '~/shared/ui/sparkline';
import { change } from './change';
import styles from './overview.module.css';

/** Into how many parts the curve of a period is cut. */
export const slicesOf: Record<KpiPeriod, number> = { DAY: 24, WEEK: 7, MONTH: 30 };

/** The figures of a period that ends now, each with its curve and the period before. */
export function Figures({ period }: { period: KpiPeriod }) {
  const { data, error, isPending } = useGraphql(OverviewDocument, { period, slices: slicesOf[period] });
  if (isPending) {
    return (
      <div className={styles.room}>
        <Skeleton height="16rem" radius="var(--radius-card)" />
      </div>
    );
  }
  if (error) {
    return (
      <Notice tone="failed" title="The figures cannot be shown now.">
        {error.message}
      </Notice>
    );
  }
  const now = readFragment(OverviewFiguresFragmentDoc, data.kpis);
  const before = readFragment(OverviewFiguresFragmentDoc, data.kpis.before);
  const slices = readFragment(OverviewFiguresFragmentDoc, data.kpis.slices);
  const figure = (
    name: string,
    read: (figures: OverviewFiguresFragment) => number | null | undefined,
    write: (value: number) => string = (value) => value.toLocaleString('en'),
  ) => {
    const value = read(now);
    return (
      <Figure
        key={name}
        name={name}
        value={value == null ? '–' : write(value)}
        now={value ?? 0}
        before={(before && read(before)) ?? 0}
        curve={slices.map((slice) => read(slice) ?? 0)}
      />
    );
  };
  const money = (name: string, currency: string, of: 'revenue' | 'recommendedRevenue') =>
    figure(
      name,
      (figures) => amountIn(figures[of], currency),
      (value) => formatMoney({ amount: value.toFixed(2), currency }),
    );
  const currencies = now.revenue.map(({ currency }) => currency);
  return (
    <div className={styles.figures}>
      {currencies.length === 0 && figure('Revenue', () => 0)}
      {currencies.map((currency) => money('Revenue', currency, 'revenue'))}
      {currencies.map((currency) => money('From recommendations', currency, 'recommendedRevenue'))}
      {figure('Its share of revenue', ({ recommendedShare }) => recommendedShare, percent)}
      {figure('Click-through', ({ clickThroughRate }) => clickThroughRate, percent)}
      {figure('Conversion', ({ conversion }) => conversion, percent)}
      {figure('Orders', ({ orders }) => orders)}
      {figure('Pieces sold', ({ pieces }) => pieces)}
      {figure('Shoppers', ({ users }) => users)}
      {figure('Events', ({ events }) => events)}
    </div>
  );
}

const percent = (value: number) => `${(100 * value).toFixed(1)} %`;

const amountIn = (list: readonly { amount: string; currency: string }[], currency: string) =>
  Number(list.find((money) => money.currency === currency)?.amount ?? 0);

function Figure(props: { name: string; value: string; now: number; before: number; curve: number[] }) {
  const { name, value, now, before, curve } = props;
  const { text, direction } = change(now, before);
  return (
    <dl className={styles.figure}>
      <dt>{name}</dt>
      <dd>{value}</dd>
      <dd className={styles.change} data-direction={direction}>
        {text}
      </dd>
      <dd className={styles.curve}>
        <Sparkline values={curve} label={`${name} over the period, in ${curve.length} parts`} />
      </dd>
    </dl>
  );
}
