import { useState } from 'react';
import { readFragment } from '~/gql';
import { OverviewDocument, type OverviewFiguresFragment, OverviewFiguresFragmentDoc } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { formatMoney } from '~/shared/lib/money';
import { Notice } from '~/shared/ui/notice';
import { Skeleton } from '~/shared/ui/skeleton';
import { change } from './change';
import styles from './overview.module.css';

const day = 86_400_000;

/** The figures of the last days, each with the period before. */
export function Figures({ days }: { days: number }) {
  const [to] = useState(() => new Date());
  const at = (before: number) => new Date(to.getTime() - before * day).toISOString();
  const { data, error, isPending } = useGraphql(OverviewDocument, {
    from: at(2 * days),
    middle: at(days),
    to: at(0),
  });
  if (isPending) return <Skeleton height="9rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice tone="failed" title="The figures cannot be shown now.">
        {error.message}
      </Notice>
    );
  }
  const now = readFragment(OverviewFiguresFragmentDoc, data.now);
  const before = readFragment(OverviewFiguresFragmentDoc, data.before);
  const count = (name: string, read: (figures: OverviewFiguresFragment) => number) => (
    <Figure name={name} value={read(now).toLocaleString('en')} now={read(now)} before={read(before)} />
  );
  return (
    <div className={styles.figures}>
      {now.revenue.length === 0 && <Figure name="Revenue" value="none" now={0} before={0} />}
      {now.revenue.map((money) => (
        <Figure
          key={money.currency}
          name="Revenue"
          value={formatMoney(money)}
          now={Number(money.amount)}
          before={amountIn(before.revenue, money.currency)}
        />
      ))}
      {now.recommendedRevenue.map((money) => (
        <Figure
          key={money.currency}
          name="From recommendations"
          value={formatMoney(money)}
          now={Number(money.amount)}
          before={amountIn(before.recommendedRevenue, money.currency)}
        />
      ))}
      {count('Orders', ({ orders }) => orders)}
      {count('Pieces sold', ({ pieces }) => pieces)}
      {count('Shoppers', ({ users }) => users)}
      {count('Events', ({ events }) => events)}
      {count('Recommendations seen', ({ impressions }) => impressions)}
      {count('Recommendations clicked', ({ clicks }) => clicks)}
    </div>
  );
}

const amountIn = (list: { amount: string; currency: string }[], currency: string) =>
  Number(list.find((money) => money.currency === currency)?.amount ?? 0);

function Figure({ name, value, now, before }: { name: string; value: string; now: number; before: number }) {
  const { text, direction } = change(now, before);
  return (
    <dl className={styles.figure}>
      <dt>{name}</dt>
      <dd>{value}</dd>
      <dd className={styles.change} data-direction={direction}>
        {text}
      </dd>
    </dl>
  );
}
