import { SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Figures } from '~/features/overview/figures';
import { Health } from '~/features/overview/health';
import { usePageTitle } from '~/shared/lib/page-title';
import styles from './page.module.css';

const periods = ['1', '7', '30'];

/** How it goes: the light, the figures. The period stands in the address. */
export function OverviewPage() {
  usePageTitle('Overview · Also console');
  const search: { days?: unknown } = useSearch({ strict: false });
  const go = useNavigate();
  const days = periods.find((period) => period === String(search.days)) ?? '7';
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Overview</h1>
        <SegmentedControl
          size="xs"
          value={days}
          aria-label="Period"
          onChange={(value) => void go({ to: '/', search: { days: Number(value) } as never })}
          data={[
            { value: '1', label: 'Day' },
            { value: '7', label: 'Week' },
            { value: '30', label: '30 days' },
          ]}
        />
      </div>
      <Health />
      <Figures days={Number(days)} key={days} />
    </div>
  );
}
