import { SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Figures, slicesOf } from '~/features/overview/figures';
import { Health } from '~/features/overview/health';
import { Problems } from '~/features/overview/problems';
import { type KpiPeriod, OverviewDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

const periods: { value: KpiPeriod; days: number; label: string }[] = [
  { value: 'DAY', days: 1, label: 'Day' },
  { value: 'WEEK', days: 7, label: 'Week' },
  { value: 'MONTH', days: 30, label: '30 days' },
];

/** How it goes: the light, the figures, what needs attention. The period stands in the address. */
export function OverviewPage() {
  usePageTitle('Overview', 'console');
  const search: { days?: unknown } = useSearch({ strict: false });
  const go = useNavigate();
  const period = periods.find(({ days }) => String(days) === String(search.days))?.value ?? 'WEEK';
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Overview</h1>
        <QueryLink document={OverviewDocument} variables={{ period, slices: slicesOf[period] }} />
        <SegmentedControl
          size="xs"
          value={period}
          aria-label="Period"
          onChange={(value) =>
            void go({ to: '/', search: { days: periods.find((one) => one.value === value)?.days } as never })
          }
          data={periods.map(({ value, label }) => ({ value, label }))}
        />
      </div>
      <Health />
      <Problems />
      <Figures period={period} key={period} />
    </div>
  );
}
